import type { OutputOptions } from './commands/output-options.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { printIssues } from './print-issues.js';
import { summary } from './summary.js';
import type { Terminal } from './terminal.js';
import type { WriteOptions, WrittenPlan } from './write-documents.js';

/** What the command line says about writing, as a library user says it. */
export function writeOptions({ template, out, force, check, now }: OutputOptions): WriteOptions {
  return { ...(template && { templates: template }), ...(out !== undefined && { out }), ...(now && { now }), force: force === true, dry: check === true };
}

/** Issues and summary for people; the paths of the documents on standard output, for whoever goes on with them. */
export function tellPlan(terminal: Terminal, { plan, output, issues, sources }: WrittenPlan, { check }: OutputOptions): void {
  printIssues(terminal, issues, sources);
  terminal.err(summary(terminal, plan, output, check === true));
  if (!terminal.oneScreen) for (const { path } of output.files) terminal.out(`${path}\n`);
}

/** The plan for programs: what `--format json` prints. */
export function planAsJson({ plan, output, issues }: WrittenPlan): object {
  return { context: plan.context, questions: plan.questions, issues, files: output.files.map(({ path, state }) => ({ path, state })), backups: output.backups };
}

export function exitCodeOf({ output }: WrittenPlan, { check }: OutputOptions): ExitCode {
  // A companion alone differs when readers have written into a document: the document itself is up to date.
  return check && output.files.some(({ path, state }) => state === 'written' && path.endsWith('.md')) ? exitCode.findings : exitCode.done;
}
