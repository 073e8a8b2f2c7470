import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { invalid } from './invalid-input.js';

const git = promisify(execFile);

/** Paths below `folder`, relative to it, that differ from the git `ref`: committed since, uncommitted, and untracked ones. */
export async function changedSince(folder: string, ref: string): Promise<ReadonlySet<string>> {
  try {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    // `--end-of-options`: a ref that begins with a dash stays a ref.
    const [changed, untracked] = await Promise.all([
      git('git', ['diff', '--name-only', '-z', '--relative', '--diff-filter=d', '--end-of-options', ref, '--', '.'], options),
      git('git', ['ls-files', '-z', '--others', '--exclude-standard', '--', '.'], options),
    ]);
    return new Set(`${changed.stdout}${untracked.stdout}`.split('\0').filter(Boolean));
  } catch (cause) {
    const error = cause as NodeJS.ErrnoException & { stderr?: string };
    if (error.code === 'ENOENT')
      throw invalid('no-git', '--since needs git, and no `git` was found', { hint: 'Name the migrations with --migration instead.' });
    const reason = (error.stderr ?? error.message).trim().split('\n')[0];
    throw invalid('unknown-ref', `--since ${ref}: git does not know it here (${reason})`, { hint: 'Give a branch, tag or commit of this repository.' });
  }
}
