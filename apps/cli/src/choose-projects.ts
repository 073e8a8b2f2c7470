import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { configurationNames } from './configuration.js';
import { invalid } from './invalid-input.js';

/** A project that paths of the command line name. */
export interface ChosenProject {
  readonly folder: string;
  /** Folder of its documents below the output folder, where several projects are planned. */
  readonly under?: string;
  /** Folder of the history that the named migration files belong to, relative to the project. */
  readonly inside?: string;
  /** Migration files that were named, relative to the project, with `/`. */
  readonly files: readonly string[];
}

/** The projects of these paths: each folder is one, and migration files belong to the project around them. */
export async function chooseProjects(paths: readonly string[]): Promise<readonly ChosenProject[]> {
  const projects = new Map<string, { readonly folder: string; inside?: string; readonly files: string[] }>();
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (!found)
      throw invalid('missing-path', 'no such file or folder', {
        file: path,
        hint: 'Give the folder of a project that has migrations, or one of its migration files.',
      });
    const folder = found.isDirectory() ? path : await projectOf(resolve(path));
    const project = projects.get(resolve(folder)) ?? { folder, files: [] };
    if (!found.isDirectory()) {
      project.inside = slashes(relative(folder, historyOf(resolve(path))));
      project.files.push(slashes(relative(folder, resolve(path))));
    }
    projects.set(resolve(folder), project);
  }
  const names = projects.size > 1 ? distinctNames([...projects.keys()]) : undefined;
  return [...projects].map(([full, project]) => ({ ...project, ...(names && { under: names.get(full) ?? basename(full) }) }));
}

// A folder with one of these is a project's own.
const roots = new Set([
  ...configurationNames,
  'package.json',
  'pyproject.toml',
  'alembic.ini',
  'manage.py',
  'go.mod',
  'Cargo.toml',
  'pom.xml',
  'build.gradle',
  'Gemfile',
  'composer.json',
  '.git',
]);

/** The nearest folder above a file that looks like a project's; without one, the folder of its history. */
async function projectOf(file: string): Promise<string> {
  for (let at = dirname(file); ; at = dirname(at)) {
    if ((await readdir(at).catch(() => [])).some((name) => roots.has(name))) return at;
    if (dirname(at) === at) return historyOf(file);
  }
}

/** The folder in which the history of a migration file stands: above `<id>/migration.sql` and `<id>/up.sql`, else its own. */
function historyOf(file: string): string {
  return /^(migration|up|down)\.sql$/.test(basename(file)) ? dirname(dirname(file)) : dirname(file);
}

/** Names of folders that don't meet: the last part of each path, or as many as tell them apart. */
function distinctNames(folders: readonly string[]): ReadonlyMap<string, string> {
  for (let parts = 1; ; parts++) {
    const names = folders.map((folder) => folder.split(sep).filter(Boolean).slice(-parts).join(sep));
    // Names of files are compared without case, as some file systems do.
    if (new Set(names.map((name) => name.toLowerCase())).size === folders.length || folders.every((folder) => folder.split(sep).length <= parts))
      return new Map(folders.map((folder, index) => [folder, names[index] ?? folder]));
  }
}

function slashes(path: string): string {
  return path.split(sep).join('/');
}
