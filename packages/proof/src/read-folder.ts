import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** A file of a project, its path relative to the project's folder and written with `/`. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** Reads the files of a folder that belong to migrations or tell their framework, sorted by path. */
export function readFolder(folder: string): readonly ProjectFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(\.(sql|prisma|toml)|^_journal\.json|^package\.json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(folder, file).split(sep).includes('node_modules'))
    .map((file) => ({ path: relative(folder, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}
