import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SectionOverrides } from '@planwright/renderer';
import type { CompiledTemplate, Issue, SectionFunction } from '@planwright/spec';
import { InvalidInput, invalid } from './invalid-input.js';
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
    sections[template.manifest.name] = guarded(compiled.sections, folder);
  }
  return { sections };
}

/** Issues of template files, with their paths as a person would write them and the lines that they speak of. */
export async function brokenTemplate(issues: readonly Issue[]): Promise<InvalidInput> {
  const shown = issues.map((issue) => (issue.file === undefined ? issue : { ...issue, file: shownPath(issue.file) }));
  const sources = new Map<string, string>();
  for (const file of new Set(shown.flatMap(({ file }) => file ?? []))) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) sources.set(file, text);
  }
  return new InvalidInput(shown, sources);
}

/** Sections of one's own, so that one that throws is told with its file: it is the project's code, not ours. */
export function guarded(sections: Readonly<Record<string, SectionFunction>>, folder: string): Record<string, SectionFunction> {
  return Object.fromEntries(Object.entries(sections).map(([id, section]) => [id, guardedSection(section, join(folder, `${id}.md.eta`))]));
}

export function guardedSection(section: SectionFunction, file: string): SectionFunction {
  return (it, scope) => {
    try {
      return section(it, scope);
    } catch (cause) {
      if (cause instanceof InvalidInput) throw cause;
      throw invalid('section-failed', `the template stopped while it was rendered: ${cause instanceof Error ? cause.message : String(cause)}`, {
        file: shownPath(file),
        hint: 'Look at the values that it reads; each may be missing in another context.',
      });
    }
  };
}
