import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type CompiledTemplate, nearest } from '@planwright/spec';
import { readConfiguration } from './configuration.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { invalid } from './invalid-input.js';
import { overridesFolder } from './overrides.js';
import { shownPath } from './shown-path.js';
import type { Terminal } from './terminal.js';

/** `planwright explain`: a hazard, a code, a template or one of its sections, a field, or the id of a question about one. */
export async function runExplain(terminal: Terminal, subject: string, { project }: { readonly project: string }): Promise<ExitCode> {
  const { issueCodes } = await import('@planwright/spec/schema');
  const code = issueCodes[subject];
  if (code) {
    terminal.out(`${terminal.colors.bold(subject)}\n\n${code.means}\n\n${terminal.colors.dim('→')} ${code.todo}\n`);
    return exitCode.done;
  }
  const { rules } = await import('@planwright/analyzer');
  const rule = rules.find(({ id }) => id === subject);
  if (rule) {
    const { rulePage } = await import('@planwright/analyzer');
    terminal.out(shownMarkdown(terminal, rulePage(rule)));
    return exitCode.done;
  }
  const { templates } = await import('@planwright/templates');
  const [name, section] = subject.split('/');
  const template = templates.find(({ manifest }) => manifest.name === name);
  if (template) await explainTemplate(terminal, template, section, project);
  else await explainField(terminal, await fieldOfQuestion(subject, templates), templates, [...Object.keys(issueCodes), ...rules.map(({ id }) => id)]);
  return exitCode.done;
}

/** Markdown for a terminal: headings stand out, the marks of fences go. */
function shownMarkdown({ colors }: Terminal, markdown: string): string {
  return markdown
    .split('\n')
    .filter((line) => !line.startsWith('```'))
    .map((line) => (line.startsWith('#') ? colors.bold(line.replace(/^#+ /, '')) : line))
    .join('\n');
}

/** The field that a question asks for, by the id that documents print; what is no such id stays as it is. */
async function fieldOfQuestion(subject: string, templates: readonly CompiledTemplate[]): Promise<string> {
  if (!subject.startsWith('Q-')) return subject;
  const { questionIdPattern } = await import('@planwright/renderer');
  const asked = templates.flatMap(({ requires }) => requires).find(({ pointer }) => questionIdPattern(pointer).test(subject));
  return asked === undefined ? subject : fieldOf(asked.pointer);
}

// The pointer of a required path as a field: `sequence.migrations.purpose`.
function fieldOf(pointer: string): string {
  return pointer
    .slice(1)
    .split('/')
    .filter((part) => part !== '*')
    .join('.');
}

async function explainTemplate({ out, colors }: Terminal, template: CompiledTemplate, section: string | undefined, project: string): Promise<void> {
  const { name, title, description } = template.manifest;
  const ids = Object.keys(template.sections);
  if (section === undefined || section === '') {
    out(
      `${colors.bold(title)}  ${name} ${template.version}\n\n${description ?? ''}\n\nFiles     ${template.outputs.map(({ file }) => file).join(', ')}\nSections  ${ids.join(', ')}\nRequires  ${template.requires.map(({ pointer }) => pointer).join(', ')}\n`,
    );
    return;
  }
  if (!ids.includes(section)) {
    const near = nearest(section, ids);
    throw invalid('unknown-section', `the template ${name} has no section '${section}'${near ? `: did you mean '${near}'?` : ''}`, {
      hint: `It has ${ids.join(', ')}.`,
    });
  }
  const { folder } = await readConfiguration(project);
  const layers: string[] = [];
  let replaced = false;
  for (const [suffix, words] of [
    ['.before', 'before it, from'],
    ['', 'replaced by'],
    ['.after', 'after it, from'],
  ] as const) {
    const file = join(overridesFolder(folder, name), `${section}${suffix}.md.eta`);
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    ) {
      layers.push(`${words} ${shownPath(file)}`);
      replaced ||= suffix === '';
    } else if (suffix === '') layers.push(`from the package @planwright/template-${name} ${template.version}`);
  }
  out(
    `${colors.bold(`${name}/${section}`)}\n\n${layers.join('\n')}\n\n${colors.dim('→')} ${replaced ? `Remove the file to have the section of the package again; planwright override ${name} tells whether that has changed.` : `planwright override ${name} ${section} copies it into the project.`}\n`,
  );
}

async function explainField({ out, colors }: Terminal, path: string, templates: readonly CompiledTemplate[], codes: readonly string[]): Promise<void> {
  const { describeField, suggestFields } = await import('@planwright/spec/schema');
  const field = describeField(path);
  if (!field) {
    const near = nearest(path, [...codes, ...templates.map(({ manifest }) => manifest.name)]);
    // A dot is of fields alone.
    const suggestions = path.includes('.') ? [...suggestFields(path), ...(near ? [near] : [])] : [...(near ? [near] : []), ...suggestFields(path)];
    throw invalid('unknown-path', `'${path}' is no hazard, section, field or code${suggestions[0] ? `: did you mean '${suggestions[0]}'?` : ''}`, {
      hint: suggestions.length > 1 ? `Near it: ${suggestions.slice(0, 6).join(', ')}.` : 'Sections are written as template/section, fields as target.version.',
    });
  }
  const needed = templates.filter(({ requires }) => requires.some(({ pointer }) => fieldOf(pointer) === field.path)).map(({ manifest }) => manifest.name);
  const lines = [
    `${colors.bold(field.path || 'context')}  ${field.type}${field.required ? ', required by the schema' : ''}`,
    '',
    field.description,
    ...(field.units ? [`Unit: ${field.units}`] : []),
    ...(field.examples.length > 0 ? [`Example: ${field.examples.map((example) => JSON.stringify(example)).join(', ')}`] : []),
    ...(needed.length > 0 ? [`Required by: ${needed.join(', ')}`] : []),
    ...(field.question ? [`Asked when it is missing: ${field.question}${field.askedOf ? ` (${field.askedOf})` : ''}`] : []),
    ...(field.fields.length > 0
      ? ['', ...field.fields.map((one) => `  ${one.path.padEnd(28)} ${one.type}${one.required ? ', required' : ''}\n    ${colors.dim(one.description)}`)]
      : []),
  ];
  out(`${lines.join('\n')}\n`);
}
