// npm run bench [-- <name>… [--<option>…]]: every packages/proof/bench/<name>.mjs, one after the other, on the built packages. What begins with -- goes to the benches.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, setUp } from './setup.mjs';

const folder = join(root, 'packages', 'proof', 'bench');
const args = process.argv.slice(2);
const first = args.findIndex((arg) => arg.startsWith('--'));
const wanted = first === -1 ? args : args.slice(0, first);
const options = first === -1 ? [] : args.slice(first);
const names = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -'.mjs'.length))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

if (names.length === 0) {
  process.stderr.write(`No bench ${wanted.length ? `named ${wanted.join(', ')} ` : ''}in packages/proof/bench.\n`);
  process.exit(2);
}

await setUp();
for (const name of names.sort()) {
  // With options the output may be for a program.
  (options.length === 0 ? process.stdout : process.stderr).write(`\n${name}\n`);
  const { code } = await run(process.execPath, ['--expose-gc', join(folder, `${name}.mjs`), ...options], { show: true });
  if (code !== 0) process.exitCode = 1;
}
