import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { Issue } from '@planwright/spec';
import { invalid } from './invalid-input.js';

/** A text file of a project; `path` is relative to the project's folder, with `/`. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

export interface ProjectFiles {
  readonly files: readonly ProjectFile[];
  /** Files that could not be read as text, by their `file`; they matter only where a migration is among them. */
  readonly issues: readonly Issue[];
}

// What says which framework a project uses, beside its migrations.
const telling =
  /(^|\/)(package\.json|pyproject\.toml|requirements\.txt|alembic\.ini|manage\.py|_journal\.json|[^/]+\.(sql|prisma|toml)|drizzle\.config\.[cm]?[jt]s|flyway\.conf)$/;
const skipped = new Set(['node_modules', '.git', 'dist', 'target', 'vendor', '.turbo', '.next', 'venv', '.venv', '__pycache__', 'planwright-out']);
const largest = 64 * 1024 * 1024;

/** Reads the files of `folder` from which migrations and their framework can be told. */
export async function readProjectFiles(folder: string): Promise<ProjectFiles> {
  const found = await stat(folder).catch(() => undefined);
  if (!found) throw invalid('missing-path', 'no such file or folder', { file: folder, hint: 'Give the folder of a project that has migrations.' });
  const paths: string[] = [];
  await walk(folder, paths);
  const files: ProjectFile[] = [];
  const issues: Issue[] = [];
  for (const path of paths.sort()) {
    const name = relative(folder, path).split(sep).join('/');
    const text = await readText(path, name);
    if (typeof text === 'string') files.push({ path: name, text });
    else issues.push(text);
  }
  return { files, issues };
}

async function walk(folder: string, paths: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    throw invalid('unreadable-folder', `the folder cannot be read (${cause.code ?? cause.message})`, { file: folder, hint: 'Check its permissions.' });
  });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) await walk(path, paths);
    } else if (entry.isFile() && telling.test(path.split(sep).join('/'))) {
      paths.push(path);
    }
  }
}

/** Text of a file, or an issue that says why it is none. The byte order mark is kept: places in the file count it. */
export async function readText(path: string, name: string = path): Promise<string | Issue> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => cause);
  if (bytes instanceof Error) return unreadable(name, bytes.code);
  if (bytes.length > largest) {
    return {
      code: 'file-too-large',
      message: `the file has ${megabytes(bytes.length)} MB; up to ${megabytes(largest)} MB are read`,
      file: name,
      hint: `Split it, or plan without ${basename(name)}.`,
    };
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { code: 'not-utf-8', message: 'this line is not UTF-8', file: name, line: firstUndecodableLine(bytes), hint: 'Save the file as UTF-8.' };
  }
}

function unreadable(file: string, code: string | undefined): Issue {
  if (code === 'ENOENT' || code === 'ENOTDIR') return { code: 'missing-path', message: 'no such file', file, hint: 'Check the path.' };
  if (code === 'EISDIR') return { code: 'unreadable-file', message: 'this is a folder; a file was expected', file, hint: 'Give the path of a file.' };
  return { code: 'unreadable-file', message: `the file cannot be read (${code})`, file, hint: 'Check its permissions.' };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}

function firstUndecodableLine(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (let end = 0; end <= bytes.length; end++) {
    if (end < bytes.length && bytes[end] !== 10) continue;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    line++;
    start = end + 1;
  }
  return line;
}
