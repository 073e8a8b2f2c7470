import type { Stats } from '@planwright/spec';
import { databaseUrl, onServer } from './database-url.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { shownPath } from './shown-path.js';
import type { Terminal } from './terminal.js';
import { iso } from './write-documents.js';
import { writeFiles } from './write-files.js';

export interface StatsOptions {
  readonly out?: string;
  readonly schema: string;
}

/** `planwright stats`: what `--stats` reads, from the statistics that a database keeps of itself. */
export async function runStats(terminal: Terminal, database: string, { out, schema }: StatsOptions): Promise<ExitCode> {
  const url = databaseUrl(database);
  const { readTableFacts } = await import('@planwright/rehearsal');
  const facts = await onServer(() => readTableFacts(url, schema));
  const stats: Stats = { at: iso(new Date()), version: facts.version, tables: [...facts.tables] };
  const text = `${JSON.stringify(stats, null, 2)}\n`;
  if (out === undefined) terminal.out(text);
  else {
    await writeFiles([{ path: out, text }]);
    terminal.err(`${shownPath(out)}: ${facts.tables.length} ${facts.tables.length === 1 ? 'table' : 'tables'}\n`);
  }
  return exitCode.done;
}
