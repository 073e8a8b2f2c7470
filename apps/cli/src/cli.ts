import type { Command } from 'commander';
import { createProgram } from './commands/index.js';
import { exitCode } from './exit-code.js';
import { InvalidInput } from './invalid-input.js';
import { printIssues } from './print-issues.js';
import { createTerminal, type Terminal } from './terminal.js';

/** Runs the command line. Returns the exit code; never throws. */
export async function main(argv: readonly string[], terminal: Terminal = createTerminal(process.stdout, process.stderr, process.env)): Promise<number> {
  let code: number = exitCode.done;
  const program: Command = createProgram(terminal, (result) => {
    code = result;
  });
  let format: unknown;
  program.hook('preAction', (_, command) => {
    ({ format } = command.opts());
  });
  try {
    if (argv[2] === 'complete') (await import('@bomb.sh/tab/commander')).default(program);
    await program.parseAsync([...argv]);
    return code;
  } catch (error) {
    return failure(terminal, error, format === 'json');
  }
}

function failure(terminal: Terminal, thrown: unknown, json: boolean): number {
  const error = invalidInputIn(thrown) ?? thrown;
  if (error instanceof InvalidInput) {
    printIssues(terminal, error.issues, error.sources);
    if (json) terminal.out(`${JSON.stringify({ issues: error.issues }, null, 2)}\n`);
    return exitCode.invalid;
  }
  if (isCommanderError(error)) return error.exitCode === 0 ? exitCode.done : exitCode.invalid;
  const cause = error instanceof Error ? error : new Error(String(error));
  terminal.err(
    `${terminal.colors.red('bug')} planwright stopped: ${cause.message.split('\n')[0]}\n  → This is a fault of planwright, not of your files. Please report it with the command you ran; PLANWRIGHT_DEBUG=1 prints where it happened.\n`,
  );
  if (process.env.PLANWRIGHT_DEBUG) terminal.err(`${cause.stack ?? ''}\n`);
  return exitCode.bug;
}

// commander has printed its message already; with `exitOverride` it throws instead of ending the process.
function isCommanderError(error: unknown): error is Error & { readonly exitCode: number } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('commander.') && 'exitCode' in error;
}

// Whoever calls a person's section may say more around what it threw.
function invalidInputIn(error: unknown): InvalidInput | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof InvalidInput) return at;
  return undefined;
}
