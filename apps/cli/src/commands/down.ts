import { Command, Option } from 'commander';
import type { Surroundings } from './index.js';

export function downCommand({ terminal, end }: Surroundings): Command {
  return new Command('down')
    .description('Write the SQL that takes migrations back, from the catalogues before and after them, and try it on a scratch database.')
    .argument('[paths...]', 'folders of projects that have migrations, or migration files (default: the current folder)')
    .option('-m, --migration <id...>', 'the way back of these migrations; an id, or the end of one (default: the newest)')
    .addOption(new Option('-a, --all', 'of every migration').conflicts('migration'))
    .option('-b, --before <file>', 'SQL that makes what the history expects to find, such as extensions')
    .option('-o, --out <folder>', 'write each as <id>.sql into this folder')
    .option('-w, --write', 'write each where the framework keeps it, beside the migration; an existing file is never touched')
    .addOption(new Option('-f, --format <format>', 'text for people, or what was tried as JSON on standard output').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      '\nExamples:\n  $ planwright down                             the way back of the newest migration, on standard output\n  $ planwright down --migration add_region --write\n  $ planwright down --all --out downs           one file for each migration\n\nExits with 1 when a way back does not run, or does not restore the catalogue.\n',
    )
    .action(async (paths: readonly string[], options) => {
      const { runDown } = await import('../run-down.js');
      end(await runDown(terminal, paths, options));
    });
}
