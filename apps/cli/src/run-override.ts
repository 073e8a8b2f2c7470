import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nearest } from '@planwright/spec';
import { readConfiguration } from './configuration.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { invalid } from './invalid-input.js';
import { overridesFolder } from './overrides.js';
import { shownPath } from './shown-path.js';
import { templateFolder } from './template-folder.js';
import type { Terminal } from './terminal.js';
import { writeFiles } from './write-files.js';

// Written into the copy, so that a later version of the template can be told from the one that was copied.
const note = /planwright: copy of \S+ ([0-9a-f]{64})/;

/** `planwright override`: copies a section into the project, or tells which copies have an older base than the template. */
export async function runOverride(terminal: Terminal, name: string, section: string | undefined, { project }: { readonly project: string }): Promise<ExitCode> {
  const { templates } = await import('@planwright/templates');
  const template = templates.find(({ manifest }) => manifest.name === name);
  if (!template) {
    const names = templates.map(({ manifest }) => manifest.name);
    const near = nearest(name, names);
    throw invalid('unknown-template', `no template is called '${name}'${near ? `: did you mean '${near}'?` : ''}`, { hint: `There are ${names.join(', ')}.` });
  }
  const { folder } = await readConfiguration(project);
  const inside = overridesFolder(folder, name);
  if (section === undefined) return listOverrides(terminal, name, inside);
  const { overrideSection } = await import('@planwright/template-kit');
  const base = overrideSection(templateFolder(name), section);
  if (!base) {
    const ids = Object.keys(template.sections);
    const near = nearest(section, ids);
    throw invalid('unknown-section', `the template ${name} has no section '${section}'${near ? `: did you mean '${near}'?` : ''}`, {
      hint: `It has ${ids.join(', ')}.`,
    });
  }
  const path = join(inside, base.file);
  if (
    await access(path).then(
      () => true,
      () => false,
    )
  )
    throw invalid('foreign-document', 'the project has this section already', {
      file: shownPath(path),
      hint: 'Change that file, or remove it to copy the section anew.',
    });
  await writeFiles([{ path, text: `<% /* planwright: copy of ${name}/${section} ${base.hash} */ -%>\n${base.text}` }]);
  terminal.err(
    `Copied ${name}/${section} as of ${template.version}. It takes the place of the section from the next render on; remove the file to undo that.\n`,
  );
  terminal.out(`${shownPath(path)}\n`);
  return exitCode.done;
}

async function listOverrides({ out, err, colors }: Terminal, name: string, inside: string): Promise<ExitCode> {
  const files = (await readdir(inside).catch(() => [])).filter((file) => file.endsWith('.md.eta')).sort();
  if (files.length === 0) err(`No section of ${name} is overridden: ${shownPath(inside)} holds none.\n`);
  const { overrideSection } = await import('@planwright/template-kit');
  for (const file of files) {
    const base = overrideSection(templateFolder(name), file.replace(/(\.before|\.after)?\.md\.eta$/, ''));
    const copied = note.exec(await readFile(join(inside, file), 'utf8'))?.[1];
    const state = !base
      ? colors.red('fits no section')
      : copied === undefined
        ? 'your own'
        : copied === base.hash
          ? 'base unchanged'
          : colors.yellow('the base has changed since it was copied');
    out(`${file}  ${state}\n`);
  }
  return exitCode.done;
}
