import { Command } from 'commander';
import type { Surroundings } from './index.js';
import { outputOptions } from './output-options.js';

export function renderCommand({ terminal, end }: Surroundings): Command {
  const command = new Command('render')
    .description('Render documents from a context written by hand or by another tool. Tables and operations alone are enough.')
    .argument('<context>', 'a context as YAML or JSON');
  return outputOptions(command)
    .addHelpText(
      'after',
      '\nExamples:\n  $ planwright render feature.yaml --template all\n  $ planwright render feature.yaml --format json > plan.json   the context, filled up\n',
    )
    .action(async (context: string, options) => {
      const { runRender } = await import('../run-render.js');
      end(await runRender(terminal, context, options));
    });
}
