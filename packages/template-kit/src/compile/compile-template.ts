import type { Issue } from '@planwright/spec';
import { readTemplate } from '../read/read-template.js';
import type { TemplateSource } from '../read/template-source.js';
import { defaultsOf, optionsValidator } from './options-validator.js';
import { sectionCode } from './section-code.js';

/** A template as the text of an ES module that exports `template`, with the text of its types. Without errors among the issues both are there. */
export interface CompiledModule {
  readonly module?: string;
  readonly types?: string;
  readonly source?: TemplateSource;
  readonly issues: readonly Issue[];
}

const banner = '// Made from the files of the template by planwright-template.';

/** The types of every compiled template: those of `spec`, so that a package of templates needs no more than it. */
export const moduleTypes = `${banner}\nimport type { CompiledTemplate } from '@planwright/spec';\n\nexport declare const template: CompiledTemplate;\n`;

/** Compiles a template folder. The module imports nothing and generates no code when it runs. */
export async function compileTemplate(folder: string): Promise<CompiledModule> {
  const { source, issues: found } = readTemplate(folder);
  if (source === undefined) return { issues: found };
  const issues = [...found];
  const compiled = (section: Parameters<typeof sectionCode>[0]) => {
    const { code, issues: wrong } = sectionCode(section);
    issues.push(...wrong);
    return code;
  };
  const sections = Object.entries(source.sections).map(([id, section]) => `    ${JSON.stringify(id)}: ${compiled(section)},\n`);
  const outputs = source.outputs.map(
    (output) => `    { name: ${JSON.stringify(output.output)}, file: ${JSON.stringify(output.fileName)}, body: ${compiled(output)} },\n`,
  );
  if (issues.some(({ severity }) => severity !== 'warning')) return { source, issues };
  const validator = await optionsValidator(source.options);
  const module = `${banner}
${validator === undefined ? '' : `${validator}\n`}export const template = {
  format: 1,
  manifest: ${JSON.stringify(source.manifest)},
  version: ${JSON.stringify(source.version)},
  requires: ${JSON.stringify(source.requires)},
  defaults: ${JSON.stringify(defaultsOf(source.options))},${validator === undefined ? '' : '\n  validateOptions,'}
  outputs: [
${outputs.join('')}  ],
  sections: {
${sections.join('')}  },
};
`;
  return { module, types: moduleTypes, source, issues };
}
