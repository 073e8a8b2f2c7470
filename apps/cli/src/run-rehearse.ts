import { extname } from 'node:path';
import { planFromContext } from '@planwright/plan';
import type { Evidence } from '@planwright/spec';
import { chooseProjects } from './choose-projects.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { InvalidInput } from './invalid-input.js';
import { planProject } from './plan-project.js';
import { readText } from './project-files.js';
import { type RehearsalFlags, rehearserFor } from './rehearsal-flags.js';
import { shownPath } from './shown-path.js';
import { rehearsalFailures, tellEvidence } from './tell-evidence.js';
import type { Terminal } from './terminal.js';
import { iso } from './write-documents.js';

export interface RehearseOptions extends RehearsalFlags {
  readonly migration?: readonly string[];
  readonly since?: string;
  readonly format: 'text' | 'json';
}

/** `planwright rehearse`: each path is a project, a migration file of one, or a context that somebody wrote or a plan printed. */
export async function runRehearse(terminal: Terminal, paths: readonly string[], options: RehearseOptions): Promise<ExitCode> {
  const contexts = paths.filter((path) => ['.json', '.yaml', '.yml'].includes(extname(path)));
  const others = paths.filter((path) => !contexts.includes(path));
  const results: (Evidence & { readonly project?: string })[] = [];
  for (const file of contexts) results.push(named(file, await ofContext(terminal, file, options)));
  if (others.length > 0 || contexts.length === 0) {
    for (const { folder, inside, files } of await chooseProjects(others.length > 0 ? others : ['.'])) {
      const rehearser = rehearserFor(terminal, options, shownPath(folder));
      const { context } = await planProject(folder, {
        templates: [],
        ...(rehearser && { rehearse: rehearser.rehearse }),
        ...(inside !== undefined && { folder: inside }),
        ...(options.migration
          ? { migrations: options.migration }
          : options.since !== undefined
            ? { since: options.since }
            : files.length > 0 && { changed: files }),
      });
      results.push(named(folder, context.evidence ?? notRehearsed(shownPath(folder))));
    }
  }
  if (options.format === 'json') terminal.out(`${JSON.stringify(results.length === 1 ? withoutProject(results[0]) : results, null, 2)}\n`);
  else for (const result of results) terminal.out(tellEvidence(terminal, result, result.project));
  return results.some((evidence) => rehearsalFailures(evidence).length > 0) ? exitCode.findings : exitCode.done;
}

/** The plan that a context makes, rehearsed on the schema that it starts from as far as the context tells. */
async function ofContext(terminal: Terminal, file: string, options: RehearseOptions): Promise<Evidence> {
  const text = await readText(file);
  if (typeof text !== 'string') throw new InvalidInput([text]);
  const { readContext } = await import('@planwright/spec/validate');
  const { context, issues } = readContext(text, file);
  if (context === undefined) throw new InvalidInput(issues, new Map([[file, text]]));
  const plan = await planFromContext(context, { templates: [], now: iso(new Date()) });
  const rehearser = rehearserFor(terminal, { ...options, rehearse: true }, file);
  if (!rehearser) throw new Error('A rehearsal was asked for.');
  return (await rehearser.rehearse({ context: plan.context, history: [] })) ?? notRehearsed(file);
}

/** Why is told by then. */
function notRehearsed(file: string): never {
  throw new InvalidInput([{ code: 'no-rehearsal', message: 'nothing was rehearsed', file, hint: 'The warning above says why.' }]);
}

function named(project: string, evidence: Evidence): Evidence & { readonly project: string } {
  return { project, ...evidence };
}

function withoutProject(result: (Evidence & { readonly project?: string }) | undefined): Evidence | undefined {
  if (!result) return undefined;
  const { project: _, ...evidence } = result;
  return evidence;
}
