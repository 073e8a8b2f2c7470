// The schema is written as YAML, one file a noun; here its files become one JSON Schema with closed `$defs`.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const folder = fileURLToPath(new URL('../schema/', import.meta.url));

/** Reads `schema/*.yaml` into `{ name: definition }`, operations expanded, `x-` anchors left out. */
export function readDefinitions() {
  const definitions = {};
  for (const file of readdirSync(folder).sort()) {
    for (const [name, definition] of Object.entries(parse(readFileSync(folder + file, 'utf8'), { merge: true }))) {
      if (name === 'x-operations') addOperations(definitions, definition);
      else if (name.startsWith('x-')) continue;
      else if (definitions[name] && name !== 'Operation') throw new Error(`schema/${file}: ${name} is defined twice`);
      else definitions[name] = { ...definition, ...(definitions[name]?.oneOf && { oneOf: definitions[name].oneOf }) };
    }
  }
  definitions.Answers = {
    ...definitions.Context,
    description: 'What people answer: a part of a context, laid over what was derived. Nothing is required; an item of a list names its id.',
    required: [],
  };
  return definitions;
}

// Each operation becomes a definition of its own, and a member of the union `Operation`.
function addOperations(definitions, operations) {
  const members = [];
  for (const [type, { description, required = [], properties }] of Object.entries(operations)) {
    const name = `${type[0].toUpperCase()}${type.slice(1)}Operation`;
    members.push({ $ref: `#/$defs/${name}` });
    definitions[name] = {
      type: 'object',
      additionalProperties: false,
      description,
      required: ['type', ...required],
      properties: { type: { const: type, description: 'Kind of the operation.' }, ...properties },
    };
  }
  definitions.Operation = { ...definitions.Operation, oneOf: members };
}

/** The schema whose root is the definition `root`, with every definition that it reaches. */
export function schemaOf(definitions, root, id) {
  const reached = new Set();
  const visit = (value) => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (value && typeof value === 'object') {
      const name = typeof value.$ref === 'string' ? value.$ref.replace('#/$defs/', '') : undefined;
      if (name && !reached.has(name)) {
        if (!definitions[name]) throw new Error(`schema/: no definition of ${name}`);
        reached.add(name);
        visit(definitions[name]);
      }
      for (const item of Object.values(value)) visit(item);
    }
  };
  visit(definitions[root]);
  const $defs = Object.fromEntries([...reached].sort().map((name) => [name, definitions[name]]));
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: id, title: root, ...definitions[root], $defs };
}
