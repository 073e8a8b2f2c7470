import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SectionOverrides } from '@planwright/renderer';
import type { CompiledTemplate, Issue } from '@planwright/spec';
import { InvalidInput } from './invalid-input.js';
import { shownPath } from './shown-path.js';

export interface Overrides {
  /** Compiled sections of the project, by template name. */
  readonly sections: Readonly<Record<string, SectionOverrides>>;
}

/** Folder of a project's own sections of a template. */
export function overridesFolder(project: string, template: string): string {
  return join(project, 'planwright', template, 'sections');
}

/** Compiles the project's own sections of these templates. They are code of the project, trusted as its package.json is. */
export async function readOverrides(templates: readonly CompiledTemplate[], project: string): Promise<Overrides> {
  const sections: Record<string, SectionOverrides> = {};
  for (const template of templates) {
    const folder = overridesFolder(project, template.manifest.name);
    const names = await readdir(folder).catch(() => []);
    if (!names.some((name) => name.endsWith('.md.eta'))) continue;
    const { compileOverrides } = await import('@planwright/template-kit');
    const compiled = await compileOverrides(join(project, 'planwright', template.manifest.name));
    if (compiled.issues.length > 0) throw await brokenTemplate(compiled.issues);
    sections[template.manifest.name] = compiled.sections;
  }
  return { sections };
}

/** Issues of template files, with their paths as a person would write them and the lines that they speak of. */
export async function brokenTemplate(issues: readonly Issue[]): Promise<InvalidInput> {
  const shown = issues.map((issue) => (issue.file === undefined ? issue : { ...issue, file: shownPath(issue.file) }));
  const sources = new Map<string, string>();
  for (const file of new Set(shown.flatMap(({ file }) => file ?? []))) sources.set(file, await readFile(file, 'utf8').catch(() => ''));
  return new InvalidInput(shown, sources);
}
