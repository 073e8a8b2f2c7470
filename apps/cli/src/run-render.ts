import { dirname } from 'node:path';
import type { OutputOptions } from './commands/output-options.js';
import { readConfiguration } from './configuration.js';
import type { ExitCode } from './exit-code.js';
import { finishPlan } from './finish-plan.js';
import { InvalidInput } from './invalid-input.js';
import { readText } from './project-files.js';
import type { Terminal } from './terminal.js';

/** `planwright render`: documents from a context that somebody wrote. */
export async function runRender(terminal: Terminal, file: string, options: OutputOptions): Promise<ExitCode> {
  const text = await readText(file);
  if (typeof text !== 'string') throw new InvalidInput([text]);
  const sources = new Map([[file, text]]);
  const { readContext } = await import('@planwright/spec/validate');
  const { context, issues } = readContext(text, file);
  if (context === undefined) throw new InvalidInput(issues, sources);
  return finishPlan(terminal, {
    options,
    configuration: await readConfiguration(dirname(file)),
    sources,
    make: async (rendering) => {
      const { planFromContext } = await import('@planwright/plan');
      const plan = await planFromContext(context, rendering);
      return { ...plan, issues: [...issues, ...plan.issues] };
    },
  });
}
