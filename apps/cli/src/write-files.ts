import { mkdir, readdir, readFile, rename, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { invalid } from './invalid-input.js';
import { shownPath } from './shown-path.js';
import { uninterrupted } from './uninterrupted.js';

export interface FileToWrite {
  readonly path: string;
  readonly text: string;
}

export interface WrittenFile {
  readonly path: string;
  readonly state: 'written' | 'unchanged';
}

interface Staged {
  readonly from: string;
  readonly to: string;
  /** What stood there. */
  readonly before: Uint8Array | undefined;
}

interface NewFolders {
  readonly outermost: string;
  readonly innermost: string;
}

/** Writes each file whole, and only when its bytes differ. First all of them beside their places, then all into place; when one fails, what was there before is there again. */
export function writeFiles(files: readonly FileToWrite[]): Promise<readonly WrittenFile[]> {
  return uninterrupted(() => writeAll(files));
}

async function writeAll(files: readonly FileToWrite[]): Promise<readonly WrittenFile[]> {
  const staged: Staged[] = [];
  const placed: Staged[] = [];
  const folders: NewFolders[] = [];
  const result: WrittenFile[] = [];
  try {
    for (const { path, text } of files) {
      if (await isFolder(path)) throw Object.assign(new Error(), { code: 'EISDIR', path });
      const before = await readFile(path).catch(() => undefined);
      if (before?.equals(Buffer.from(text))) {
        result.push({ path, state: 'unchanged' });
        continue;
      }
      const made = await mkdir(dirname(path), { recursive: true });
      if (made !== undefined) folders.push({ outermost: made, innermost: dirname(path) });
      const file: Staged = { from: join(dirname(path), `.${basename(path)}.${process.pid}.tmp`), to: path, before };
      staged.push(file);
      await writeFile(file.from, text);
      result.push({ path, state: 'written' });
    }
    for (const file of staged) {
      await rename(file.from, file.to);
      placed.push(file);
    }
    for (const folder of new Set(files.map(({ path }) => dirname(path)))) await removeAbandoned(folder);
    return result;
  } catch (cause) {
    await undo(staged, placed, folders);
    const error = cause as NodeJS.ErrnoException;
    if (typeof error.code !== 'string') throw cause;
    throw invalid('unwritable', `cannot be written: ${reasons[error.code] ?? 'the system refused it'} (${error.code})`, {
      file: shownPath(error.path ?? 'output'),
      hint: 'Choose another folder with --out, or make room there. Nothing was changed.',
    });
  }
}

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'a file stands where a folder is needed',
  ENOTDIR: 'a file stands where a folder is needed',
  EISDIR: 'a folder stands where a file is needed',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left',
  ENAMETOOLONG: 'the name is too long',
};

async function undo(staged: readonly Staged[], placed: readonly Staged[], folders: readonly NewFolders[]): Promise<void> {
  for (const { to, before } of placed) await (before === undefined ? unlink(to) : writeFile(to, before)).catch(() => undefined);
  for (const { from } of staged) await unlink(from).catch(() => undefined);
  for (const { outermost, innermost } of folders) await removeFolders(outermost, innermost);
}

/** What a process that was killed had put beside its places. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = /^\..+\.(\d+)\.tmp$/.exec(name)?.[1];
    if (pid !== undefined && !lives(Number(pid))) await unlink(join(folder, name)).catch(() => undefined);
  }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    // EPERM: it lives, and is somebody else's.
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** From the inside out; a folder that is not empty stays, and those around it. */
async function removeFolders(outermost: string, innermost: string): Promise<void> {
  for (let at = resolve(innermost); at.length >= resolve(outermost).length; at = dirname(at)) await rmdir(at).catch(() => undefined);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
