import { createPlan, type NoPlan, type Plan, type PlanInput } from '@planwright/plan';
import { answersOf, readAnswerFiles, readConfiguration } from './configuration.js';
import { chooseTemplates, defaultTemplates } from './choose-templates.js';
import { readProjectFiles } from './project-files.js';

/** What `planwright plan` does with a folder, as a function that writes nothing. */
export interface PlanProjectOptions extends Pick<PlanInput, 'migrations' | 'changed' | 'rehearse' | 'stats' | 'state' | 'sections'> {
  /** Names of official templates, `all`, or folders with templates of one's own. */
  readonly templates?: readonly string[];
  /** Files of answers, as YAML or JSON. */
  readonly answers?: readonly string[];
  /** The clock, ISO 8601 with zone; default the time of the call. */
  readonly now?: string;
}

/** Plans a change of the project in `folder`, by its configuration. */
export async function planProject(folder: string, options: PlanProjectOptions = {}): Promise<Plan | NoPlan> {
  const { config } = await readConfiguration(folder);
  const { files } = await readProjectFiles(folder);
  const { templates, answers = [], now = new Date().toISOString(), ...more } = options;
  return createPlan({
    ...more,
    files,
    now,
    templates: await chooseTemplates(templates ?? config.templates ?? defaultTemplates),
    answers: await readAnswerFiles(answers, answersOf(config)),
  });
}
