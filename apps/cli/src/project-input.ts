import { join, relative, sep } from 'node:path';
import { readProject } from '@planwright/analyzer';
import type { PlanInput } from '@planwright/plan';
import type { Issue } from '@planwright/spec';
import { type Configuration, readConfiguration } from './configuration.js';
import { InvalidInput } from './invalid-input.js';
import { readProjectFiles } from './project-files.js';
import { shownPath } from './shown-path.js';

type Wishes = Pick<PlanInput, 'framework' | 'database' | 'folder'>;

/** A project as commands read it: its files, what its configuration wishes, and the texts by the path that messages show. */
export interface ProjectInput {
  readonly configuration: Configuration;
  readonly files: PlanInput['files'];
  readonly wishes: Wishes;
  readonly sources: ReadonlyMap<string, string>;
}

/** Reads the project in `folder`; `inside` names the folder of its migrations. Throws `InvalidInput` where a migration cannot be read. */
export async function readProjectInput(folder: string, inside?: string): Promise<ProjectInput> {
  const configuration = await readConfiguration(folder);
  const { files, issues: unreadable } = await readProjectFiles(folder);
  const sources = new Map(files.map(({ path, text }) => [shownPath(join(folder, path)), text]));
  const wishes = { ...wishesOf(configuration, folder), ...(inside !== undefined && { folder: inside }) };
  refuseHoles(files, unreadable, wishes, folder, sources);
  return { configuration, files, wishes, sources };
}

/** A migration that is no text is a hole in the history, which would be planned wrongly; any other such file does not matter. */
function refuseHoles(files: PlanInput['files'], unreadable: readonly Issue[], wishes: Wishes, folder: string, sources: ReadonlyMap<string, string>): void {
  const missing = unreadable.filter(({ file }) => file?.endsWith('.sql'));
  if (missing.length === 0) return;
  // The framework says which files are migrations; it tells by their names.
  const project = readProject([...files, ...missing.map(({ file = '' }) => ({ path: file, text: '' }))], wishes);
  const ours = new Set('migrations' in project ? project.migrations.flatMap(({ up, down }) => [up.path, down?.path]) : []);
  const holes = missing.filter(({ file }) => ours.has(file));
  if (holes.length > 0) throw new InvalidInput(placed(holes, folder), sources);
}

/** Issues of a project's files, placed from where the person stands. */
export function placed(issues: readonly Issue[], folder: string): Issue[] {
  return issues.map((issue) => (issue.file === undefined ? issue : { ...issue, file: shownPath(join(folder, issue.file)) }));
}

function wishesOf({ config, folder: base }: Configuration, folder: string): Wishes {
  const { framework, database } = config.target ?? {};
  const migrations = config.migrations === undefined ? undefined : relative(folder, join(base, config.migrations)).split(sep).join('/');
  return {
    ...(framework && { framework }),
    ...(database && { database }),
    ...(migrations !== undefined && !migrations.startsWith('..') && { folder: migrations }),
  };
}
