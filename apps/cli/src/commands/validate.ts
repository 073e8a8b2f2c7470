import { Command, Option } from 'commander';
import type { Surroundings } from './index.js';

export function validateCommand({ terminal, end }: Surroundings): Command {
  return new Command('validate')
    .description('Check a context against the schema and the rules that a schema cannot say.')
    .argument('<context>', 'a context as YAML or JSON')
    .addOption(new Option('-f, --format <format>', 'text for people, or the issues as JSON on standard output').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExample:\n  $ planwright validate plan.yaml\n')
    .action(async (context: string, options) => {
      const { runValidate } = await import('../run-validate.js');
      end(await runValidate(terminal, context, options));
    });
}
