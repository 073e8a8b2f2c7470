import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compileTemplate } from './compile/compile-template.js';

/** planwright-template [folder]: writes src/generated/template.js and template.d.ts of a template folder. */
async function main(): Promise<void> {
  const folder = resolve(process.argv[2] ?? '.');
  const { module, types, issues } = await compileTemplate(folder);
  for (const { file, line, column, message, hint } of issues) {
    const place = [file, line, column].filter((part) => part !== undefined).join(':');
    process.stderr.write(`${place}: ${message}${hint === undefined ? '' : `\n  ${hint}`}\n`);
  }
  if (module === undefined || types === undefined) process.exitCode = 1;
  else {
    const out = join(folder, 'src', 'generated');
    mkdirSync(out, { recursive: true });
    writeWhenChanged(join(out, 'template.js'), module);
    writeWhenChanged(join(out, 'template.d.ts'), types);
  }
}

function writeWhenChanged(path: string, text: string): void {
  let before: string | undefined;
  try {
    before = readFileSync(path, 'utf8');
  } catch {
    // It is not there yet.
  }
  if (before !== text) writeFileSync(path, text);
}

void main();
