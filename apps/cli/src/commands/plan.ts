import { Command, Option } from 'commander';
import type { Surroundings } from './index.js';
import { outputOptions } from './output-options.js';
import { rehearsalOptions } from './rehearsal-options.js';

export function planCommand({ terminal, end }: Surroundings): Command {
  const command = new Command('plan')
    .description("Plan a project's newest migration, or those that you name.")
    .argument('[paths...]', 'folders of projects that have migrations, or migration files (default: the current folder)')
    .option('-m, --migration <id...>', 'plan these migrations together; an id, or the end of one')
    .addOption(new Option('-s, --since <git ref>', 'plan the migrations added or changed since this ref').conflicts('migration'))
    .option('-a, --answers <file>', 'values that people give, as YAML or JSON, over what was derived; may be repeated', collect, [])
    .option('--stats <file>', 'sizes of tables, as `planwright stats` writes them: small ones need no detour, and durations are estimated');
  return rehearsalOptions(outputOptions(command), 'leave it at what is predicted: do not run the change on a scratch database')
    .addHelpText(
      'after',
      '\nExamples:\n  $ planwright plan\n  $ planwright plan services/shop --template dba-review --out docs/migrations\n  $ planwright plan --since main --check           in CI: exit 1 when the documents are not up to date\n  $ planwright plan --format json | jq .questions  what is still open\n',
    )
    .action(async (paths: readonly string[], options) => {
      const { runPlan } = await import('../run-plan.js');
      end(await runPlan(terminal, paths, options));
    });
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
