import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type CompiledTemplate, nearest } from '@planwright/spec';
import { invalid } from './invalid-input.js';
import { brokenTemplate, guarded, guardedSection } from './overrides.js';

/** What is rendered when nobody says. */
export const defaultTemplates: readonly string[] = ['spec-flow'];

/** The templates of these names: official ones, `all` of them, or folders with templates of one's own. */
export async function chooseTemplates(names: readonly string[]): Promise<readonly CompiledTemplate[]> {
  const { templates } = await import('@planwright/templates');
  const chosen = new Map<string, CompiledTemplate>();
  for (const name of names) {
    const found = name === 'all' ? templates : templates.filter(({ manifest }) => manifest.name === name);
    for (const template of found.length > 0 ? found : [await ownTemplate(name, templates)]) chosen.set(template.manifest.name, template);
  }
  return [...chosen.values()];
}

async function ownTemplate(folder: string, official: readonly CompiledTemplate[]): Promise<CompiledTemplate> {
  if (!(await exists(join(folder, 'document.md.eta')))) {
    const known = official.map(({ manifest }) => manifest.name);
    const near = nearest(folder, [...known, 'all']);
    throw invalid('unknown-template', `'${folder}' is no template${near ? `: did you mean '${near}'?` : ''}`, {
      // `--template all services/shop`: an option that takes several names takes the path as well.
      hint: `Choose from ${known.join(', ')}, all, or give a folder that holds document.md.eta.${(await exists(folder)) ? ' Paths of projects stand before --template.' : ''}`,
    });
  }
  const { loadTemplate } = await import('@planwright/template-kit');
  const { template, issues } = await loadTemplate(folder);
  if (template === undefined)
    throw await brokenTemplate(issues.map((issue) => (issue.file === undefined ? issue : { ...issue, file: resolve(folder, issue.file) })));
  return {
    ...template,
    sections: guarded(template.sections, join(folder, 'sections')),
    outputs: template.outputs.map((output) => ({ ...output, body: guardedSection(output.body, join(folder, `${output.name}.md.eta`)) })),
  };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
