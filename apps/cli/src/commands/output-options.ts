import { type Command, InvalidArgumentError, Option } from 'commander';

/** Options of every command that writes documents. */
export interface OutputOptions {
  readonly template?: readonly string[];
  readonly out?: string;
  readonly format: 'text' | 'json';
  readonly check?: boolean;
  readonly force?: boolean;
  readonly now?: Date;
}

export function outputOptions(command: Command): Command {
  return command
    .option('-t, --template <name...>', 'templates to render: names, a folder with a template of your own, or `all` (default: spec-flow)')
    .option('-o, --out <folder>', 'where documents go (default: planwright-out)')
    .addOption(
      new Option('-f, --format <format>', 'text for people, or the context and the questions as JSON on standard output')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--check', 'write nothing; exit 1 when a document would change')
    .option('--force', 'replace a document that was edited outside its slots; a backup is kept and named')
    .option('--now <time>', 'clock of the documents, ISO 8601 (default: now)', parseTime);
}

function parseTime(value: string): Date {
  const time = new Date(value);
  if (!/^\d{4}-\d{2}-\d{2}/.test(value) || Number.isNaN(time.getTime()))
    throw new InvalidArgumentError('Expected a time in ISO 8601, such as 2026-11-20T10:30:00Z.');
  return time;
}
