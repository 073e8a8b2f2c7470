import { Command, InvalidArgumentError, Option } from 'commander';
import type { Surroundings } from './index.js';

/** Verdicts that can be a danger. */
export const dangers = ['lock', 'data', 'code'] as const;
export type Danger = (typeof dangers)[number];

export function analyzeCommand({ terminal, end }: Surroundings): Command {
  return new Command('analyze')
    .description('Say what each statement of a migration does to locks, to data and to running code, and what is dangerous of it.')
    .argument('[paths...]', 'migration files, or folders of projects: all their migrations (default: the current folder)')
    .option('-m, --migration <id...>', 'only these migrations of a project, as one change')
    .addOption(new Option('-s, --since <git ref>', 'only the migrations added or changed since this ref, as one change').conflicts('migration'))
    .option('-b, --before <file>', 'SQL of the schema that the files start from; they then belong to no project')
    .addOption(
      new Option('-f, --format <format>', 'for people, for programs, for code scanning, or annotations of a pull request')
        .choices(['text', 'json', 'sarif', 'github'])
        .default('text'),
    )
    .addOption(
      new Option('--fail-on <verdicts>', 'exit 1 on unaccepted dangers of these verdicts: lock, data, code, or none')
        .default(dangers, 'lock,data,code')
        .argParser(parseDangers),
    )
    .option('--target-version <version>', 'version of PostgreSQL that runs in production (default: that of the configuration, or 16)', parseVersion)
    .option('--stats <file>', 'sizes of tables, as `planwright stats` writes them: small ones are no danger, and durations are estimated')
    .option('--advice', 'report house style, too')
    .option('--no-transaction', 'each statement of a file commits by itself; only for files of no project')
    .option('-a, --all', 'show every statement with its verdicts, not only the dangerous ones')
    .addHelpText(
      'after',
      '\nExamples:\n  $ planwright analyze migrations/0042_orders.sql          with the history before it\n  $ planwright analyze --before schema.sql change.sql      with a schema of your own\n  $ planwright analyze --since main --format github        annotations in a pull request\n  $ planwright analyze . --format json | jq ".findings"\n\nA hazard is accepted by a comment beside its statement: -- planwright: accept <rule> because <reason>\nplanwright explain <rule> tells why it is one.\n',
    )
    .action(async (paths: readonly string[], options) => {
      const { runAnalyze } = await import('../run-analyze.js');
      end(await runAnalyze(terminal, paths, options));
    });
}

function parseDangers(value: string): readonly Danger[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.length === 1 && names[0] === 'none') return [];
  const known = names.flatMap((name) => dangers.find((danger) => danger === name) ?? []);
  if (known.length !== names.length) throw new InvalidArgumentError('Expected a list of lock, data and code, such as lock,data; or none.');
  return known;
}

function parseVersion(value: string): string {
  const major = Number.parseInt(value, 10);
  if (!/^\d+(\.\d+)?$/.test(value) || major < 12 || major > 18) throw new InvalidArgumentError('Expected a version of PostgreSQL from 12 to 18, such as 15.');
  return value;
}
