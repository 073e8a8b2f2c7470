import { Command, Option } from 'commander';
import type { Surroundings } from './index.js';

export function listCommand({ terminal, end }: Surroundings): Command {
  return new Command('list')
    .description("List the templates, and a project's migrations with the framework that owns them.")
    .argument('[path]', 'folder of a project; without it only templates are listed')
    .addOption(new Option('-f, --format <format>', 'text for people, or JSON on standard output').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExamples:\n  $ planwright list\n  $ planwright list services/shop\n')
    .action(async (path: string | undefined, options) => {
      const { runList } = await import('../run-list.js');
      end(await runList(terminal, path, options));
    });
}
