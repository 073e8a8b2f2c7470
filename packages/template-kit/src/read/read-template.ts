import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Issue, Manifest } from '@planwright/spec';
import type { JsonSchema } from '@planwright/spec/schema';
import { parseText, validateManifest } from '@planwright/spec/validate';
import { frontMatter } from './front-matter.js';
import { resolveRequirements, type WrittenRequirement } from './requirements.js';
import type { OutputSource, ReadTemplate, SectionSource } from './template-source.js';

const ending = '.md.eta';

/** Reads a template folder: front matter, sections, `schema.json` and the version of its package. */
export function readTemplate(folder: string): ReadTemplate {
  if (!existsSync(join(folder, `document${ending}`))) {
    return {
      issues: [
        {
          code: 'no-document',
          message: `no document${ending} in ${folder}`,
          file: `document${ending}`,
          hint: `A template's folder holds document${ending}, sections/ and schema.json.`,
        },
      ],
    };
  }
  const issues: Issue[] = [];
  const outputs: OutputSource[] = [];
  let manifest: Manifest | undefined;
  for (const file of bodies(folder)) {
    const { data, body, offset, issues: found } = frontMatter(readFileSync(join(folder, file), 'utf8'), file);
    issues.push(...found);
    const isDocument = file === `document${ending}`;
    if (isDocument) {
      const validated = validateManifest(data);
      issues.push(...validated.issues.map((issue) => ({ ...issue, file, line: 1 })));
      manifest = validated.value;
    }
    const output = isDocument ? 'document' : String(data.output ?? file.slice(0, -ending.length));
    if (!isDocument && typeof data.file !== 'string')
      issues.push({ code: 'no-file-name', message: `the output '${output}' names no file`, file, line: 1, hint: 'Give `file:` in the front matter.' });
    outputs.push({ file, body, offset, output, fileName: String(data.file ?? `${output}.md`) });
  }
  const schema = readSchema(folder, issues);
  const resolved = resolveRequirements(schema.requires ?? []);
  issues.push(...resolved.issues);
  if (manifest === undefined || issues.some(({ severity }) => severity !== 'warning')) return { issues };
  return {
    source: { manifest, version: versionOf(folder), outputs, sections: sections(folder), requires: resolved.requires, options: schema.options ?? {} },
    issues,
  };
}

interface TemplateSchema {
  readonly requires?: readonly WrittenRequirement[];
  readonly options?: Readonly<Record<string, JsonSchema>>;
}

function readSchema(folder: string, issues: Issue[]): TemplateSchema {
  const file = 'schema.json';
  if (!existsSync(join(folder, file))) return {};
  const { value, issues: found } = parseText(readFileSync(join(folder, file), 'utf8'), file);
  issues.push(...found);
  const schema = (value ?? {}) as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(schema)) {
    if (!['$schema', 'requires', 'options'].includes(key))
      issues.push({ code: 'unknown-key', message: `unknown key '${key}' in ${file}: it holds requires and options`, file, pointer: `/${key}` });
  }
  // Checked above and by the resolution of each path; a wrong type shows as an unknown path.
  return {
    requires: Array.isArray(schema.requires) ? (schema.requires as WrittenRequirement[]) : [],
    options: (schema.options ?? {}) as Readonly<Record<string, JsonSchema>>,
  };
}

function bodies(folder: string): readonly string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(ending));
  return [`document${ending}`, ...files.filter((file) => file !== `document${ending}`).sort()];
}

function sections(folder: string): Readonly<Record<string, SectionSource>> {
  const inside = join(folder, 'sections');
  if (!existsSync(inside)) return {};
  const files = readdirSync(inside)
    .filter((file) => file.endsWith(ending))
    .sort();
  return Object.fromEntries(files.map((file) => [file.slice(0, -ending.length), sectionSource(readFileSync(join(inside, file), 'utf8'), `sections/${file}`)]));
}

/** The source of one section. Sections have no front matter. */
export function sectionSource(text: string, file: string): SectionSource {
  return { file, body: text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'), offset: 0 };
}

function versionOf(folder: string): string {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return '0.0.0';
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: string }; // the shape of package.json is npm's
  return version ?? '0.0.0';
}
