import { Command } from 'commander';
import type { Surroundings } from './index.js';

export function newCommand({ terminal, end }: Surroundings): Command {
  return new Command('new').description('Begin something of your own.').addCommand(
    new Command('template')
      .description('Make the folder of a new template.')
      .argument('<name>', 'name in kebab case')
      .option('-o, --out <folder>', 'where its folder goes (default: planwright/templates)')
      .addHelpText('after', '\nExample:\n  $ planwright new template runbook\n')
      .action(async (name: string, options) => {
        const { runNewTemplate } = await import('../run-new-template.js');
        end(await runNewTemplate(terminal, name, options));
      }),
  );
}
