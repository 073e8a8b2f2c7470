import { Command } from 'commander';
import type { Surroundings } from './index.js';

export function statsCommand({ terminal, end }: Surroundings): Command {
  return new Command('stats')
    .description('Read the sizes of tables from a PostgreSQL database, for `--stats`: catalogue statistics only, never rows.')
    .argument('<database>', 'connection string, or the name of an environment variable that holds one')
    .option('-o, --out <file>', 'JSON file to write; standard output without it')
    .option('--schema <name>', 'schema whose tables are named without it', 'public')
    .addHelpText('after', '\nExamples:\n  $ planwright stats DATABASE_URL --out stats.json\n  $ planwright plan --stats stats.json\n')
    .action(async (database: string, options) => {
      const { runStats } = await import('../run-stats.js');
      end(await runStats(terminal, database, options));
    });
}
