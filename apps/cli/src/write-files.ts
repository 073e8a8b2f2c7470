import { mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { invalid } from './invalid-input.js';

export interface FileToWrite {
  readonly path: string;
  readonly text: string;
}

export interface WrittenFile {
  readonly path: string;
  readonly state: 'written' | 'unchanged';
}

/** Writes each file whole, and only when its bytes differ. First all of them beside their places, then all into place, so that a failure leaves no half of a plan. */
export async function writeFiles(files: readonly FileToWrite[]): Promise<readonly WrittenFile[]> {
  const staged: { readonly from: string; readonly to: string }[] = [];
  const result: WrittenFile[] = [];
  try {
    for (const { path, text } of files) {
      if ((await readFile(path, 'utf8').catch(() => undefined)) === text) {
        result.push({ path, state: 'unchanged' });
        continue;
      }
      await mkdir(dirname(path), { recursive: true });
      const from = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
      staged.push({ from, to: path });
      await writeFile(from, text);
      result.push({ path, state: 'written' });
    }
    for (const { from, to } of staged) await rename(from, to);
    return result;
  } catch (cause) {
    await Promise.all(staged.map(({ from }) => unlink(from).catch(() => undefined)));
    const error = cause as NodeJS.ErrnoException;
    if (typeof error.code !== 'string') throw cause;
    throw invalid('unwritable', `${error.path ?? 'output'}: cannot be written (${error.code})`, { hint: 'Choose another folder with --out, or check its permissions. Nothing was changed.' });
  }
}
