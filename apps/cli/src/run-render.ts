import type { OutputOptions } from './commands/output-options.js';
import type { ExitCode } from './exit-code.js';
import { writeContextPlan } from './plan-context.js';
import { exitCodeOf, planAsJson, tellPlan, writeOptions } from './tell-plan.js';
import type { Terminal } from './terminal.js';

/** `planwright render`: documents from a context that somebody wrote. */
export async function runRender(terminal: Terminal, file: string, options: OutputOptions): Promise<ExitCode> {
  const written = await writeContextPlan(file, writeOptions(options));
  if (options.format === 'json') terminal.out(`${JSON.stringify(planAsJson(written), null, 2)}\n`);
  else tellPlan(terminal, written, options);
  return exitCodeOf(written, options);
}
