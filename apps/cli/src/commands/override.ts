import { Command, Option } from 'commander';
import type { Surroundings } from './index.js';

export function overrideCommand({ terminal, end }: Surroundings): Command {
  return new Command('override')
    .description('Copy a section of a template into the project, to change it there. `.before` and `.after` files add to a section instead.')
    .argument('<template>', 'template')
    .argument('[section]', 'section; without it the overrides of the project are listed, and which of their bases have changed')
    .addOption(new Option('--project <folder>', 'folder that gets planwright/<template>/sections/').default('.'))
    .addHelpText('after', '\nExamples:\n  $ planwright override spec-flow overview\n  $ planwright override spec-flow\n')
    .action(async (template: string, section: string | undefined, options) => {
      const { runOverride } = await import('../run-override.js');
      end(await runOverride(terminal, template, section, options));
    });
}
