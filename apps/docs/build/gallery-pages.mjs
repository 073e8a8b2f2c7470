// The gallery: a page for each official template, and a page for each of its examples, which is the document itself.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeField } from '@planwright/spec/schema';
import { templates } from '@planwright/templates';
import { blocks, code, fence, text } from './markdown.mjs';

const packages = fileURLToPath(new URL('../../../packages/', import.meta.url));
const assets = fileURLToPath(new URL('../public/examples/', import.meta.url));

/** Pages, and the files behind them copied to where the site serves them as they are. */
export function galleryPages() {
  rmSync(assets, { recursive: true, force: true });
  const all = templates.map((template) => ({ template, examples: examplesOf(template) }));
  return [
    indexPage(all),
    ...all.flatMap(({ template, examples }) => [templatePage(template, examples), ...examples.map((example) => examplePage(template, example))]),
  ];
}

function examplesOf({ manifest: { name }, outputs }) {
  const folder = join(packages, `template-${name}`, 'examples');
  return readdirSync(folder)
    .filter((id) => existsSync(join(folder, id, 'document.md')))
    .map((id) => {
      cpSync(join(folder, id), join(assets, name, id), { recursive: true });
      const document = readFileSync(join(folder, id, 'document.md'), 'utf8');
      const files = readdirSync(join(folder, id)).sort();
      const further = outputs
        .slice(1)
        .filter(({ file }) => files.includes(file))
        .map(({ file }) => ({ file, text: readFileSync(join(folder, id, file), 'utf8') }));
      return {
        id,
        document,
        title: id.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase()),
        lines: document.trimEnd().split('\n').length,
        files,
        further,
      };
    })
    .sort((a, b) => b.lines - a.lines);
}

function indexPage(all) {
  return {
    path: 'gallery/index.md',
    title: 'All templates',
    text: blocks(
      '# Gallery',
      'Each official template with documents that it made. The documents are the expected results of its tests, so they are what the present version writes.',
      ...all.map(
        ({ template: { manifest }, examples }) =>
          `## ${manifest.title}\n\n${text(manifest.description ?? '')}\n\n[${manifest.name}](/gallery/${manifest.name}/): ${examples.map((example) => `[${example.title}](/gallery/${manifest.name}/${example.id})`).join(' · ')}`,
      ),
    ),
  };
}

function templatePage(template, examples) {
  const { manifest, outputs, requires, sections, defaults } = template;
  const { name, title, description, headings = [], databases } = manifest;
  const options = optionsOf(name);
  return {
    path: `gallery/${name}/index.md`,
    title,
    text: blocks(
      `# ${title}`,
      text(description ?? ''),
      fence('sh', `planwright plan --template ${name}`),
      '## Examples',
      examples.map((example) => `- [${example.title}](/gallery/${name}/${example.id}), ${example.lines} lines`).join('\n'),
      '## Files',
      outputs
        .map(({ name: output, file }) => `- ${code(file)}${output === 'document' ? ', and its companion of the same name in JSON' : `, the ${text(output)}`}`)
        .join('\n'),
      databases && `For ${databases.join(', ')}.`,
      headings.length > 0 ? `Headings that other tools read literally: ${headings.map(code).join(', ')}.` : undefined,
      options.length > 0 ? `## Options\n\nIn a context or in the answers, under \`options.${name}\`.` : undefined,
      options
        .map(
          ([option, schema]) =>
            `- ${code(option)} (default ${code(JSON.stringify(defaults[option] ?? schema.default))})  \n  ${text(schema.description ?? '')}`,
        )
        .join('\n'),
      '## What it asks',
      'Values that this template needs. What the files of the project say is filled in; the rest becomes an open question in the document.',
      requires.map(requirement).join('\n'),
      '## Sections',
      `Each can be replaced or added to: see [Your own sections](/guide/sections).\n\n${Object.keys(sections).sort().map(code).join(', ')}`,
    ),
  };
}

/** The templates and what each is for, for pages that include it. */
export function templateList() {
  return `${templates.map(({ manifest: { name, description } }) => `- [${name}](/gallery/${name}/): ${text(description ?? '')}`).join('\n')}\n`;
}

/** One migration of a real document, for the first page. */
export function excerpt() {
  const document = readFileSync(join(packages, 'template-spec-flow', 'examples', 'multi-currency-orders', 'document.md'), 'utf8');
  const [part] = /^### Migration 6[\s\S]*?(?=^### )/m.exec(document) ?? [];
  if (part === undefined) throw new Error('packages/template-spec-flow/examples/multi-currency-orders has no Migration 6');
  return `:::::: v-pre\n\n${part.trim().replace(/\n---$/, '')}\n\n::::::\n`;
}

function requirement({ pointer, question, askedOf, when }) {
  const field = pointer
    .slice(1)
    .split('/')
    .filter((part) => part !== '*')
    .join('.');
  const conditions = Object.entries(when ?? {}).map(
    ([at, values]) => `when ${code(at.slice(1).replaceAll('/', '.'))} is ${values.map((value) => code(String(value))).join(' or ')}`,
  );
  const description = describeField(field)?.description ?? '';
  const asked = question ? ` *${text(question)}*${askedOf ? ` (${text(askedOf)})` : ''}` : '';
  return `- ${code(field)}${conditions.length > 0 ? `, ${conditions.join(' and ')}` : ''}  \n  ${text(description)}${asked}`;
}

function optionsOf(name) {
  const schema = JSON.parse(readFileSync(join(packages, `template-${name}`, 'schema.json'), 'utf8'));
  return Object.entries(schema.options ?? {});
}

/** The document is the page. `v-pre` keeps Vue away from braces that stand in it. */
function examplePage({ manifest: { name, title } }, { id, document, title: caseTitle, files, further }) {
  return {
    path: `gallery/${name}/${id}.md`,
    title: `${title}: ${caseTitle}`,
    text: blocks(
      `---\ntitle: ${JSON.stringify(`${title}: ${caseTitle}`)}\nsearch: false\n---`,
      `<div class="example-of">\n\nExample of [${title}](/gallery/${name}/). As files: ${files.map((file) => `<a href="/examples/${name}/${id}/${file}" target="_blank">${file}</a>`).join(' · ')}\n\n</div>`,
      `:::::: v-pre\n\n${document.trimEnd()}\n\n::::::`,
      ...further.map(({ file, text: output }) => `## Further output: ${file}\n\n${fence('text', output)}`),
    ),
  };
}
