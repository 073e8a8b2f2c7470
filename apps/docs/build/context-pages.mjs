// The reference of the context: a page for each file of the schema, a heading for each definition, an entry for each field.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { contextDefinitions, describeField } from '@planwright/spec/schema';
import { anchor, blocks, code, text } from './markdown.mjs';

const folder = fileURLToPath(new URL('../../../packages/spec/schema/', import.meta.url));

/** Context first, then by name. */
export function contextPages() {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((file) => fileOf(file.replace('.yaml', ''), readFileSync(folder + file, 'utf8')))
    .sort((a, b) => Number(b.name === 'context') - Number(a.name === 'context') || a.name.localeCompare(b.name));
  const pageOf = new Map(files.flatMap(({ name, definitions }) => definitions.map((definition) => [definition, name])));
  const forgotten = Object.keys(contextDefinitions).filter((name) => !pageOf.has(name) && name !== 'Answers');
  if (forgotten.length > 0) throw new Error(`no file of packages/spec/schema defines ${forgotten.join(', ')}`);
  return files.map(({ name, about, definitions }) => ({
    path: `reference/context/${name}.md`,
    title: title(name),
    text: blocks(`# ${title(name)}`, text(about), ...definitions.map((definition) => definitionPart(definition, pageOf))),
  }));
}

function title(name) {
  return name === 'context' ? 'The context' : name[0].toUpperCase() + name.slice(1);
}

/** What the first comment of the file says, and the definitions in it, those of operations too. */
function fileOf(name, yaml) {
  const about = /^# (.*)/.exec(yaml)?.[1] ?? '';
  const written = [...yaml.matchAll(/^([A-Z]\w*):/gm)].map(([, definition]) => definition);
  const operations = [...(/^x-operations:\n((?: {2}.*\n|\n)+)/m.exec(yaml)?.[1] ?? '').matchAll(/^ {2}(\w+):/gm)].map(
    ([, type]) => `${type[0].toUpperCase()}${type.slice(1)}Operation`,
  );
  return { name, about, definitions: [...written, ...operations].filter((definition) => definition in contextDefinitions) };
}

function definitionPart(name, pageOf) {
  const definition = contextDefinitions[name];
  const { values, examples = [] } = describeField(name);
  const members = definition.oneOf?.map(({ $ref }) => $ref?.split('/').at(-1)).filter(Boolean) ?? [];
  const kind = operationOf(name);
  const fields = members.length > 0 ? [] : Object.keys(definition.properties ?? {}).filter((field) => !(kind && field === 'type'));
  return blocks(
    `## ${kind ?? name}`,
    text(definition.description ?? ''),
    values && `One of ${values.map(code).join(', ')}.`,
    fields.length === 0 && !values && examples.length > 0 ? `Example: ${examples.map(example).join(', ')}` : undefined,
    members.length > 0 ? `One of ${members.map((member) => typeLink(member, pageOf)).join(', ')}.` : undefined,
    fields.map((field) => fieldEntry(describeField(`${name}.${field}`), field, pageOf)).join('\n'),
  ).trimEnd();
}

/** `createTable`, for the definition `CreateTableOperation`: what is written as its `type`. */
function operationOf(name) {
  return contextDefinitions[name]?.properties?.type?.const && name.endsWith('Operation') ? contextDefinitions[name].properties.type.const : undefined;
}

function fieldEntry(docs, name, pageOf) {
  const more = [
    docs.units ? `Unit: ${text(docs.units)}.` : '',
    docs.examples.length > 0 ? `Example: ${docs.examples.map(example).join(', ')}.` : '',
    docs.question ? `Asked${docs.askedOf ? ` of ${text(docs.askedOf)}` : ''} when a template needs it: *${text(docs.question)}*` : '',
  ].filter(Boolean);
  return `- ${code(name)} <span class="type">${type(docs, pageOf)}${docs.required ? ', required' : ''}</span>  \n  ${[text(docs.description), ...more].join(' ')}`;
}

function type({ type: words, definition }, pageOf) {
  if (definition === undefined) return text(words);
  const link = typeLink(definition, pageOf);
  return words.startsWith('list of') ? `list of ${link}` : link;
}

function typeLink(definition, pageOf) {
  const page = pageOf.get(definition === 'Answers' ? 'Context' : definition);
  const heading = operationOf(definition) ?? (definition === 'Answers' ? 'Context' : definition);
  return page === undefined ? text(definition) : `[${operationOf(definition) ?? definition}](/reference/context/${page}#${anchor(heading)})`;
}

function example(value) {
  return code(typeof value === 'string' ? value : JSON.stringify(value));
}
