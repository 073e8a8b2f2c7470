import { type ExitCode, exitCode } from './exit-code.js';
import { InvalidInput } from './invalid-input.js';
import { printIssues } from './print-issues.js';
import { readText } from './project-files.js';
import type { Terminal } from './terminal.js';

/** `planwright validate`: exit 2 when the context is invalid, warnings alone are no failure. */
export async function runValidate(terminal: Terminal, file: string, { format }: { readonly format: 'text' | 'json' }): Promise<ExitCode> {
  const text = await readText(file);
  if (typeof text !== 'string') throw new InvalidInput([text]);
  const { readContext } = await import('@planwright/spec/validate');
  const { context, issues } = readContext(text, file);
  if (format === 'json') terminal.out(`${JSON.stringify({ valid: context !== undefined, issues }, null, 2)}\n`);
  else {
    printIssues(terminal, issues, new Map([[file, text]]));
    if (context)
      terminal.err(
        `${terminal.colors.green('valid')} ${file}${issues.length > 0 ? `, ${issues.length} ${issues.length === 1 ? 'warning' : 'warnings'}` : ''}\n`,
      );
  }
  return context === undefined ? exitCode.invalid : exitCode.done;
}
