// npm run bench [-- <name>…]: every packages/proof/bench/<name>.mjs, one after the other, on the built packages.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, setUp } from './setup.mjs';

const folder = join(root, 'packages', 'proof', 'bench');
const wanted = process.argv.slice(2);
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
  process.stdout.write(`\n${name}\n`);
  const { code } = await run(process.execPath, ['--expose-gc', join(folder, `${name}.mjs`)], { show: true });
  if (code !== 0) process.exitCode = 1;
}
