// Starting `planwright --version` against an empty Node script. Goal: at most 1.25 times.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { interleaved } from '../interleaved.mjs';

const program = fileURLToPath(new URL('../../../apps/cli/dist/bin.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'planwright-bench-'));
const empty = join(folder, 'empty.mjs');
writeFileSync(empty, '');
const start = (...args) => execFileSync(process.execPath, args, { stdio: 'pipe' });
try {
  const { nothing, version, help } = await interleaved(
    { nothing: () => start(empty), version: () => start(program, '--version'), help: () => start(program, '--help') },
    { rounds: 25, warm: 1 },
  );
  process.stdout.write(
    `empty script ${nothing.toFixed(1)} ms, --version ${version.toFixed(1)} ms, ${(version / nothing).toFixed(2)}×; --help ${help.toFixed(1)} ms, ${(help / nothing).toFixed(2)}×\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
