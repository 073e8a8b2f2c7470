// npm start [-- <folder> [options of `planwright plan`]]: plans the newest migration of the folder, or of the bundled example.
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { root, run, setUp } from './setup.mjs';

const [first, ...rest] = process.argv.slice(2);
const hasFolder = first !== undefined && !first.startsWith('-');
// npm runs scripts at the root; a folder is meant from where the person stands.
const folder = hasFolder ? resolve(process.env.INIT_CWD ?? process.cwd(), first) : join(root, 'examples', 'shop');
const options = hasFolder || first === undefined ? rest : [first, ...rest];
const given = (name) => options.some((option) => option === name || option.startsWith(`${name}=`));

if (!existsSync(folder)) {
  process.stderr.write(`${first ?? folder}: no such folder. Expected a project with migrations, or nothing for the bundled example.\n`);
  process.exit(2);
}

await setUp('planwright...');
const defaults = [...(given('--template') ? [] : ['--template', 'all']), ...(given('--out') ? [] : ['--out', 'planwright-out'])];
const bin = join(root, 'apps', 'cli', 'dist', 'bin.js');
const { code } = await run(process.execPath, [bin, 'plan', relative(root, folder) || '.', ...defaults, ...options], { show: true });
process.exitCode = code;
