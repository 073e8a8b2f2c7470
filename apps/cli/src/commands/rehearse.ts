import { Command, Option } from 'commander';
import type { Surroundings } from './index.js';
import { rehearsalOptions } from './rehearsal-options.js';

export function rehearseCommand({ terminal, end }: Surroundings): Command {
  const command = new Command('rehearse')
    .description('Run a change, its way back and the planned sequence on a scratch database, and tell what happened.')
    .argument('[paths...]', 'folders of projects, migration files, or contexts of plans as YAML or JSON (default: the current folder)')
    .option('-m, --migration <id...>', 'rehearse these migrations together; an id, or the end of one')
    .addOption(new Option('-s, --since <git ref>', 'rehearse the migrations added or changed since this ref').conflicts('migration'))
    .addOption(new Option('-f, --format <format>', 'text for people, or the evidence as JSON on standard output').choices(['text', 'json']).default('text'));
  return rehearsalOptions(command)
    .addHelpText(
      'after',
      '\nExamples:\n  $ planwright rehearse                    the newest migration of this project\n  $ planwright rehearse plan.json          a plan, from nothing but what it says of the schema before\n  $ planwright rehearse --format json | jq .comparisons\n\nExits with 1 when a statement fails, a way back does not restore the schema, or the sequence ends elsewhere than the change.\n',
    )
    .action(async (paths: readonly string[], options) => {
      const { runRehearse } = await import('../run-rehearse.js');
      end(await runRehearse(terminal, paths, options));
    });
}
