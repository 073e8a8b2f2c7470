import { type ChosenProject, chooseProjects } from './choose-projects.js';
import type { OutputOptions } from './commands/output-options.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { writeProjectPlan } from './plan-project.js';
import { type RehearsalFlags, rehearserFor } from './rehearsal-flags.js';
import { shownPath } from './shown-path.js';
import { readStatsFile } from './stats-file.js';
import { rehearsalFailures } from './tell-evidence.js';
import { exitCodeOf, planAsJson, tellPlan, writeOptions } from './tell-plan.js';
import type { Terminal } from './terminal.js';

export interface PlanOptions extends OutputOptions, RehearsalFlags {
  readonly migration?: readonly string[];
  readonly since?: string;
  readonly answers: readonly string[];
  readonly stats?: string;
}

/** `planwright plan`. Several paths are several projects, planned one after the other; paths of migration files choose those. */
export async function runPlan(terminal: Terminal, paths: readonly string[], options: PlanOptions): Promise<ExitCode> {
  const projects = await chooseProjects(paths.length > 0 ? paths : ['.']);
  const stats = options.stats === undefined ? undefined : await readStatsFile(options.stats);
  const results: object[] = [];
  let worst: ExitCode = exitCode.done;
  for (const project of projects) {
    if (options.format === 'text') terminal.progress(`planning ${shownPath(project.folder)} …`);
    const rehearser = rehearserFor(terminal, options, shownPath(project.folder));
    const written = await writeProjectPlan(project.folder, {
      ...choiceOf(project, options),
      ...writeOptions(options),
      ...(rehearser && { rehearser }),
      ...(stats && { stats }),
    });
    if (options.format === 'text') tellPlan(terminal, written, options);
    else results.push({ ...(projects.length > 1 && { project: project.folder }), ...planAsJson(written) });
    const { evidence } = written.plan.context;
    const failures = evidence && rehearser ? rehearsalFailures(evidence) : [];
    if (options.format === 'text') for (const failure of failures) terminal.err(`  ${terminal.colors.red('rehearsal')} ${failure}\n`);
    worst = exitCodeOf(written, options) === exitCode.done && failures.length === 0 ? worst : exitCode.findings;
  }
  // One project is one object; several are a list.
  if (options.format === 'json') terminal.out(`${JSON.stringify(results.length === 1 ? results[0] : results, null, 2)}\n`);
  return worst;
}

function choiceOf({ under, inside, files }: ChosenProject, { migration, since, answers }: PlanOptions) {
  return {
    answers,
    ...(under !== undefined && { under }),
    ...(inside !== undefined && { folder: inside }),
    ...(migration ? { migrations: migration } : since !== undefined ? { since } : files.length > 0 && { changed: files }),
  };
}
