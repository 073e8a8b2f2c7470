import type { RehearsedDown, TriedDown } from '@planwright/rehearsal';
import type { Terminal } from './terminal.js';

interface EngineName {
  readonly name: string;
  readonly version: string;
}

/** Whether it ran and brought everything back but the order of columns and generated names. */
export function isRestored({ error, difference }: TriedDown): boolean {
  return error === undefined && difference?.exactButForOrderAndNames === true;
}

/** The SQL of a way back, with what it restores and loses as comments. */
export function downFile(down: RehearsedDown, engine: EngineName): string {
  const lines = [
    ...(down.transaction === 'none' ? ['-- no-transaction'] : []),
    ...sentencesOf(down, engine).map((line) => `-- ${line.replaceAll(/\s+/g, ' ')}`),
  ];
  const statements = down.statements.map((statement) => `${statement};`);
  return `${[...lines, ...(statements.length === 0 ? ['-- There is nothing to do.'] : statements)].join('\n')}\n`;
}

/** What a way back does, in sentences. */
function sentencesOf(down: RehearsedDown, { name, version }: EngineName): readonly string[] {
  const { reversibility } = down;
  return [
    `Takes back ${down.id}. Tried on ${name} ${version}: ${result(down)}.`,
    ...(reversibility?.loses ?? []).map((lost) => `Loses ${lost}.`),
    ...(reversibility?.reason === undefined ? [] : [`Cannot be brought back: ${reversibility.reason}.`]),
    ...(reversibility?.backup === undefined ? [] : [`Before the migration, keep ${reversibility.backup}.`]),
    ...(reversibility?.condition === undefined ? [] : [`It runs ${reversibility.condition}.`]),
    ...(reversibility?.query === undefined ? [] : [`What speaks against it: ${reversibility.query}`]),
    ...(isRestored(down) ? [] : differencesOf(down, 20)),
  ];
}

function result({ error, difference }: TriedDown): string {
  if (error) return `it does not run: ${error.message} (${error.code})`;
  if (!difference) return 'not compared';
  if (difference.missing.length + difference.extra.length === 0) return 'the catalogue is as it was before';
  if (difference.exactButForOrderAndNames) return 'the catalogue is as it was before, but for the order of columns or the names of NOT NULL constraints';
  return 'the catalogue is not as it was before';
}

/** How the catalogue differs then, as sentences. */
function differencesOf({ difference }: TriedDown, most: number): readonly string[] {
  const lines = [
    ...(difference?.missing ?? []).map((line) => `It does not bring back: ${line}`),
    ...(difference?.extra ?? []).map((line) => `It leaves: ${line}`),
  ];
  return lines.length > most ? [...lines.slice(0, most), `And ${lines.length - most} differences more.`] : lines;
}

/** Tells a person what was tried; the SQL itself where it was not written into a file. */
export function tellDown(terminal: Terminal, down: RehearsedDown, engine: EngineName, file: string | undefined, print: boolean): void {
  const { colors } = terminal;
  const mark = isRestored(down) ? colors.green('✓') : colors.red('✗');
  terminal.err(`${mark} ${colors.bold(down.id)}  ${result(down)}${file === undefined ? '' : colors.dim(`  ${file}`)}\n`);
  if (!print) for (const line of sentencesOf(down, engine).slice(1)) terminal.err(`  ${line}\n`);
  if (down.own && !isRestored(down.own)) {
    terminal.err(`  ${colors.yellow('!')} the project's own: ${result(down.own)}\n`);
    for (const line of differencesOf(down.own, 5)) terminal.err(`    ${line}\n`);
  }
  if (print) terminal.out(downFile(down, engine));
}

/** What was tried, for programs. */
export function downAsJson({ id, transaction, statements, error, difference, reversibility, own }: RehearsedDown, file: string | undefined): object {
  return {
    id,
    transaction,
    statements,
    ...triedAsJson({ statements, ...(error && { error }), ...(difference && { difference }) }),
    ...(reversibility && { reversibility }),
    ...(own && { own: { statements: own.statements, ...triedAsJson(own) } }),
    ...(file !== undefined && { file }),
  };
}

function triedAsJson({ error, difference }: TriedDown): object {
  return {
    runs: error === undefined,
    restores: !difference
      ? 'nothing known'
      : difference.missing.length + difference.extra.length === 0
        ? 'everything'
        : difference.exactButForOrderAndNames
          ? 'all but order and names'
          : 'not everything',
    ...(error && { error }),
    missing: difference?.missing ?? [],
    extra: difference?.extra ?? [],
  };
}
