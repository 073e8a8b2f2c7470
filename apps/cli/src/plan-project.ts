import { join, relative, sep } from 'node:path';
import { readProject } from '@planwright/analyzer';
import { createPlan, type Plan, type PlanInput, type RenderInput } from '@planwright/plan';
import type { Issue } from '@planwright/spec';
import { changedSince } from './changed-since.js';
import { chooseTemplates, defaultTemplates } from './choose-templates.js';
import { answersOf, type Configuration, readAnswerFiles, readConfiguration } from './configuration.js';
import { InvalidInput } from './invalid-input.js';
import { readOverrides } from './overrides.js';
import { readProjectFiles } from './project-files.js';
import { shownPath } from './shown-path.js';
import { iso, type PlanMaker, type WriteOptions, type WrittenPlan, writeDocuments } from './write-documents.js';

/** What of a project is planned: its newest migration, those that are named, those with changed files, or those since a git ref. */
export interface ProjectChoice extends Pick<PlanInput, 'migrations' | 'changed' | 'folder' | 'rehearse' | 'stats'> {
  readonly since?: string;
  /** Files of answers, as YAML or JSON; a later one is laid over an earlier one, and all over those of the configuration. */
  readonly answers?: readonly string[];
}

/** What a plan alone needs. */
export interface PlanProjectOptions extends ProjectChoice, Pick<WriteOptions, 'templates' | 'now'>, Partial<Pick<RenderInput, 'state'>> {}

/** Plans a change of the project in `folder` by its configuration and overrides, and writes nothing. Throws `InvalidInput` where there is nothing to plan. */
export async function planProject(folder: string, { templates: names, now = new Date(), state, ...choice }: PlanProjectOptions = {}): Promise<Plan> {
  const { configuration, make } = await projectPlan(folder, choice);
  const templates = await chooseTemplates(names ?? configuration.config.templates ?? defaultTemplates);
  const { sections } = await readOverrides(templates, configuration.folder);
  return make({ templates, sections, now: iso(now), ...(state && { state }) });
}

/** What `planwright plan` does: plans a change of the project in `folder` and writes its documents, keeping what readers wrote in the existing ones. */
export async function writeProjectPlan(
  folder: string,
  { under, ...options }: ProjectChoice & WriteOptions & Pick<PlanMaker, 'under'> = {},
): Promise<WrittenPlan> {
  const maker = await projectPlan(folder, options);
  return writeDocuments({ ...maker, ...(under !== undefined && { under }) }, options);
}

async function projectPlan(folder: string, { migrations, changed, since, folder: inside, rehearse, stats, answers = [] }: ProjectChoice): Promise<PlanMaker> {
  const configuration = await readConfiguration(folder);
  const { files, issues: unreadable } = await readProjectFiles(folder);
  const sources = new Map(files.map(({ path, text }) => [shownPath(join(folder, path)), text]));
  const wishes = { ...wishesOf(configuration, folder), ...(inside !== undefined && { folder: inside }) };
  refuseHoles(files, unreadable, wishes, folder, sources);
  const input = {
    files,
    answers: await readAnswerFiles(answers, answersOf(configuration.config)),
    ...wishes,
    ...(migrations && { migrations }),
    ...(since !== undefined ? { changed: [...(await changedSince(folder, since))] } : changed && { changed }),
    ...(rehearse && { rehearse }),
    ...(stats && { stats }),
  };
  return {
    configuration,
    sources,
    make: async (rendering) => {
      const plan = await createPlan({ ...input, ...rendering });
      const issues = [...configuration.issues, ...placed(plan.issues, folder)];
      if (!('documents' in plan))
        throw new InvalidInput(
          issues.map((issue) => ({ file: shownPath(folder), ...issue })),
          sources,
        );
      return { ...plan, issues };
    },
  };
}

/** A migration that is no text is a hole in the history, which would be planned wrongly; any other such file does not matter. */
function refuseHoles(
  files: PlanInput['files'],
  unreadable: readonly Issue[],
  wishes: Pick<PlanInput, 'framework' | 'database' | 'folder'>,
  folder: string,
  sources: ReadonlyMap<string, string>,
): void {
  const missing = unreadable.filter(({ file }) => file?.endsWith('.sql'));
  if (missing.length === 0) return;
  // The framework says which files are migrations; it tells by their names.
  const project = readProject([...files, ...missing.map(({ file = '' }) => ({ path: file, text: '' }))], wishes);
  const ours = new Set('migrations' in project ? project.migrations.flatMap(({ up, down }) => [up.path, down?.path]) : []);
  const holes = missing.filter(({ file }) => ours.has(file));
  if (holes.length > 0) throw new InvalidInput(placed(holes, folder), sources);
}

/** Issues of a project's files, placed from where the person stands. */
function placed(issues: readonly Issue[], folder: string): Issue[] {
  return issues.map((issue) => (issue.file === undefined ? issue : { ...issue, file: shownPath(join(folder, issue.file)) }));
}

function wishesOf({ config, folder: base }: Configuration, folder: string): Pick<PlanInput, 'framework' | 'database' | 'folder'> {
  const { framework, database } = config.target ?? {};
  const migrations = config.migrations === undefined ? undefined : relative(folder, join(base, config.migrations)).split(sep).join('/');
  return {
    ...(framework && { framework }),
    ...(database && { database }),
    ...(migrations !== undefined && !migrations.startsWith('..') && { folder: migrations }),
  };
}
