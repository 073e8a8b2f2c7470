import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExitCode, exitCode } from './exit-code.js';
import { invalid } from './invalid-input.js';
import type { Terminal } from './terminal.js';
import { writeFiles } from './write-files.js';

/** `planwright new template`: the folder of a template that compiles, renders and passes its conformance test. */
export async function runNewTemplate(
  terminal: Terminal,
  name: string,
  { out = join('planwright', 'templates') }: { readonly out?: string },
): Promise<ExitCode> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    throw invalid('wrong-form', `'${name}' is no name of a template`, { hint: 'Use lower-case words joined by hyphens, such as runbook or release-notes.' });
  const folder = join(out, name);
  if (
    await access(folder).then(
      () => true,
      () => false,
    )
  )
    throw invalid('foreign-document', 'this folder is there already', { file: folder, hint: 'Choose another name, or another folder with --out.' });
  const { scaffoldTemplate } = await import('@planwright/template-kit');
  const files = await writeFiles(scaffoldTemplate(name).map(({ path, text }) => ({ path: join(folder, path), text })));
  terminal.err(`Try it: planwright plan --template ${folder}\n`);
  for (const { path } of files) terminal.out(`${path}\n`);
  return exitCode.done;
}
