import { Command } from 'commander';
import type { ExitCode } from '../exit-code.js';
import type { Terminal } from '../terminal.js';
import { version } from '../version.js';
import { analyzeCommand } from './analyze.js';
import { downCommand } from './down.js';
import { explainCommand } from './explain.js';
import { listCommand } from './list.js';
import { newCommand } from './new.js';
import { overrideCommand } from './override.js';
import { planCommand } from './plan.js';
import { rehearseCommand } from './rehearse.js';
import { renderCommand } from './render.js';
import { statsCommand } from './stats.js';
import { validateCommand } from './validate.js';

/** What a command gets from the command line: where to speak, and whom to tell how it ended. */
export interface Surroundings {
  readonly terminal: Terminal;
  readonly end: (code: ExitCode) => void;
}

const commands = [
  planCommand,
  analyzeCommand,
  rehearseCommand,
  downCommand,
  renderCommand,
  statsCommand,
  validateCommand,
  listCommand,
  explainCommand,
  overrideCommand,
  newCommand,
];

/** The command line as data: help, completion and the site's pages follow from it. Nothing heavy is loaded before a command runs. */
export function createProgram(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const program = new Command('planwright')
    .description('Fills migration plans from facts: what a schema change does to a running system, how to check it, and how to go back.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .showSuggestionAfterError()
    .showHelpAfterError('(planwright --help shows what there is)')
    .exitOverride()
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      getOutHasColors: () => terminal.colors.isColorSupported,
      getErrHasColors: () => terminal.colors.isColorSupported,
    })
    .configureHelp({ styleTitle: (text) => terminal.colors.bold(text), helpWidth: terminal.width })
    .addHelpText(
      'after',
      '\nExamples:\n  $ planwright plan                              plan the newest migration of this project\n  $ planwright plan --since main --template all  every document of what this branch adds\n  $ planwright render plan.yaml                  documents from a context written by hand\n\nCompletion: planwright complete bash|zsh|fish|powershell prints the script for your shell.\n',
    );
  for (const command of commands) program.addCommand(command({ terminal, end }));
  inherit(program);
  return program;
}

/** Commands that are made apart have commander's own settings, which print and end the process. */
function inherit(parent: Command): void {
  for (const command of parent.commands) inherit(command.copyInheritedSettings(parent));
}
