import { Command, Option } from 'commander';
import type { Surroundings } from './index.js';

export function explainCommand({ terminal, end }: Surroundings): Command {
  return new Command('explain')
    .description('Explain a hazard, a section of a template and which layer it comes from, a field of the context, or the code of a message.')
    .argument(
      '<subject>',
      'a rule such as set-not-null-scans, template/section, a field such as target.version, a code such as unknown-key, or the id of an open question',
    )
    .addOption(new Option('--project <folder>', 'project whose overrides count').default('.'))
    .addHelpText(
      'after',
      '\nExamples:\n  $ planwright explain set-not-null-scans\n  $ planwright explain spec-flow/overview\n  $ planwright explain sequence.migrations.phase\n  $ planwright explain unknown-key\n',
    )
    .action(async (subject: string, options) => {
      const { runExplain } = await import('../run-explain.js');
      end(await runExplain(terminal, subject, options));
    });
}
