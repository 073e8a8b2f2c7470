import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Rules of squawk that are house style or ask for timeouts: the comparison is about danger. */
const style = /^(?:prefer-|ban-char-field$|require-lock-timeout$|require-statement-timeout$|require-timeout-settings$|require-table-schema$|syntax-error$)/;

const program = fileURLToPath(new URL('../../node_modules/.bin/squawk', import.meta.url));

/** A script for squawk: statements in their order. */
export type Script = readonly string[];

/** Rules that squawk breaks at each statement of each script, style and timeouts left out; nothing where squawk is not installed. */
export function askSquawk(scripts: readonly Script[]): { readonly version: string; readonly found: readonly (readonly (readonly string[])[])[] } | undefined {
  if (!existsSync(program)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'planwright-squawk-'));
  try {
    const starts = scripts.map((script, index) => {
      const lines: number[] = [];
      let text = '';
      for (const statement of script) {
        lines.push(text.split('\n').length - 1);
        text += `${statement.trim().replace(/;$/, '')};\n`;
      }
      writeFileSync(join(folder, `${index}.sql`), text);
      return lines;
    });
    const version = spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout.trim().split(' ').at(-1) ?? '';
    const found = scripts.map((script) => script.map((): string[] => []));
    // Hundreds of paths at once stay below what a command line holds.
    for (let first = 0; first < scripts.length; first += 200) {
      const files = scripts.slice(first, first + 200).map((_, offset) => join(folder, `${first + offset}.sql`));
      const { stdout } = spawnSync(program, ['--reporter', 'json', '--pg-version', '16', ...files], { encoding: 'utf8', maxBuffer: 1 << 28 });
      for (const { file, line, rule_name: rule } of JSON.parse(stdout || '[]') as readonly Report[]) {
        if (style.test(rule)) continue;
        const script = Number.parseInt(basename(file), 10);
        const statement = (starts[script] ?? []).filter((start) => start <= line).length - 1;
        found[script]?.[statement]?.push(rule);
      }
    }
    return { version, found };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One finding of squawk's JSON. */
interface Report {
  readonly file: string;
  /** From 0. */
  readonly line: number;
  readonly rule_name: string;
}
