import { join } from 'node:path';
import { createPlan, type Plan, type PlanInput, type RenderInput } from '@planwright/plan';
import { changedSince } from './changed-since.js';
import { chooseTemplates, defaultTemplates } from './choose-templates.js';
import { answersOf, readAnswerFiles } from './configuration.js';
import { InvalidInput } from './invalid-input.js';
import { KeptRehearsal, rehearsalFile } from './kept-rehearsal.js';
import { readOverrides } from './overrides.js';
import { type ProjectInput, placed, readProjectInput } from './project-input.js';
import type { Rehearser } from './rehearsal-engine.js';
import { shownPath } from './shown-path.js';
import { iso, outputFolder, type PlanMaker, type WriteOptions, type WrittenPlan, writeDocuments } from './write-documents.js';

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
  { under, rehearser, ...options }: ProjectChoice & WriteOptions & Pick<PlanMaker, 'under'> & { readonly rehearser?: Rehearser } = {},
): Promise<WrittenPlan> {
  const project = await readProjectInput(folder, options.folder);
  const kept = rehearser && new KeptRehearsal(join(outputFolder(project.configuration, options, under), rehearsalFile), rehearser);
  const maker = await projectPlan(folder, { ...options, ...(kept && { rehearse: kept.rehearse }) }, project);
  return writeDocuments({ ...maker, ...(under !== undefined && { under }), ...(kept && { beside: () => kept.files() }) }, options);
}

async function projectPlan(
  folder: string,
  { migrations, changed, since, folder: inside, rehearse, stats, answers = [] }: ProjectChoice,
  project?: ProjectInput,
): Promise<PlanMaker> {
  const { configuration, sources, files, wishes } = project ?? (await readProjectInput(folder, inside));
  const input = {
    files,
    answers: await readAnswerFiles(answers, answersOf(configuration.config)),
    ...wishes,
    ...(migrations && { migrations }),
    ...(since !== undefined ? { changed: [...(await changedSince(folder, since))] } : changed && { changed }),
    ...(rehearse && { rehearse }),
    ...(stats && { stats }),
    ...(configuration.config.accept && { accept: configuration.config.accept }),
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
