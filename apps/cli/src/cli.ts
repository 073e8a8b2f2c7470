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
  try {
    if (argv[2] === 'complete') (await import('@bomb.sh/tab/commander')).default(program);
    await program.parseAsync([...argv]);
    return code;
  } catch (error) {
    return failure(terminal, error);
  }
}

function failure(terminal: Terminal, error: unknown): number {
  if (error instanceof InvalidInput) {
    printIssues(terminal, error.issues, error.sources);
    return exitCode.invalid;
  }
  if (isCommanderError(error)) return error.exitCode === 0 ? exitCode.done : exitCode.invalid;
  const cause = error instanceof Error ? error : new Error(String(error));
  terminal.err(`${terminal.colors.red('bug')} planwright stopped: ${cause.message.split('\n')[0]}\n  → Nothing was written. Please report this with the command you ran; PLANWRIGHT_DEBUG=1 prints where it happened.\n`);
  if (process.env.PLANWRIGHT_DEBUG) terminal.err(`${cause.stack ?? ''}\n`);
  return exitCode.bug;
}

// commander has printed its message already; with `exitOverride` it throws instead of ending the process.
function isCommanderError(error: unknown): error is Error & { readonly exitCode: number } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('commander.') && 'exitCode' in error;
}
