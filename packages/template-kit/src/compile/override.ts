import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SectionOverrides, sha256 } from '@planwright/renderer';
import type { Issue, SectionFunction } from '@planwright/spec';
import { readTemplate, sectionSource } from '../read/read-template.js';
import { sectionCode } from './section-code.js';

/** The base of a section that a project may override. */
export interface SectionBase {
  /** File name of the override in the project's `sections/` folder. */
  readonly file: string;
  /** Source of the section as the template has it. */
  readonly text: string;
  /** SHA-256 of that source. Noted with the override, it tells later whether the section has changed underneath. */
  readonly hash: string;
}

/** The source of a section, to copy into a project; undefined when the template has none of that id. */
export function overrideSection(templateFolder: string, id: string): SectionBase | undefined {
  const section = readTemplate(templateFolder).source?.sections[id];
  return section === undefined ? undefined : { file: `${id}.md.eta`, text: section.body, hash: sha256(section.body) };
}

/** A project's sections, compiled, and what is wrong with them. */
export interface CompiledOverrides {
  readonly sections: SectionOverrides;
  readonly issues: readonly Issue[];
}

// By content, so that a folder that is rendered again and again is compiled once.
const compiled = new Map<string, Promise<SectionFunction>>();

/**
 * Compiles the overrides in `<folder>/sections/`: `<id>.md.eta` replaces a section, `<id>.before.md.eta` and `<id>.after.md.eta` add to it.
 * They are code of the project, trusted as its dependencies are.
 */
export async function compileOverrides(folder: string): Promise<CompiledOverrides> {
  const inside = join(folder, 'sections');
  if (!existsSync(inside)) return { sections: {}, issues: [] };
  const issues: Issue[] = [];
  const sections: Record<string, SectionFunction> = {};
  const files = readdirSync(inside)
    .filter((file) => file.endsWith('.md.eta'))
    .sort();
  for (const file of files) {
    const { code, issues: found } = sectionCode(sectionSource(readFileSync(join(inside, file), 'utf8'), `sections/${file}`));
    issues.push(...found.map((issue) => ({ ...issue, ...(issue.file !== undefined && { file: join(folder, issue.file) }) })));
    if (found.length === 0) sections[file.slice(0, -'.md.eta'.length)] = await load(code);
  }
  return { sections, issues };
}

function load(code: string): Promise<SectionFunction> {
  const known = compiled.get(code);
  if (known !== undefined) return known;
  const loading = import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(`export default ${code};`).toString('base64')}`).then(
    // The compiler has written the module: its default export is a section.
    (module: { readonly default: SectionFunction }) => module.default,
  );
  compiled.set(code, loading);
  return loading;
}
