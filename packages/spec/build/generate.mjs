// Makes types, JSON Schemas and validators from `schema/*.yaml`, into `src/generated/` (not committed).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import { build } from 'esbuild';
import { compile } from 'json-schema-to-typescript';
import { readDefinitions, schemaOf } from './read-schema.mjs';

const out = fileURLToPath(new URL('../src/generated/', import.meta.url));
const base = 'https://planwright.dev/schema/';
const roots = {
  Context: 'context',
  Answers: 'answers',
  Config: 'config',
  Companion: 'companion',
  Manifest: 'manifest',
  AnalysisReport: 'analysis',
  Stats: 'stats',
};
// Annotations of ours, beside those of JSON Schema: what is asked when a required value is missing, and of whom.
const annotations = ['question', 'askedOf', 'units'];

const definitions = readDefinitions();
const schemas = Object.fromEntries(Object.entries(roots).map(([root, name]) => [name, schemaOf(definitions, root, `${base}${name}.schema.json`)]));

mkdirSync(out, { recursive: true });
writeWhenChanged('types.ts', await types());
for (const [name, schema] of Object.entries(schemas)) writeWhenChanged(`${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`);
writeWhenChanged('schemas.ts', schemaModule());
writeWhenChanged('descriptions.ts', descriptionModule());
writeWhenChanged('validators.js', await validators());
writeWhenChanged('validators.d.ts', validatorTypes());

async function types() {
  const plain = structuredClone(definitions);
  // Beside `oneOf` the generator would make intersections; the members say everything.
  for (const definition of Object.values(plain)) {
    if (definition.oneOf) for (const key of ['type', 'required', 'discriminator']) delete definition[key];
    withoutMinItems(definition);
  }
  plain.Answers = { description: plain.Answers.description, tsType: 'PartialDeep<Context>' };
  for (const [name, definition] of Object.entries(plain)) definition.title = name;
  const schema = {
    title: 'AllDefinitions',
    type: 'object',
    additionalProperties: false,
    $defs: plain,
    properties: Object.fromEntries(Object.keys(plain).map((name) => [name, { $ref: `#/$defs/${name}` }])),
  };
  const text = await compile(schema, 'AllDefinitions', {
    bannerComment: "// Made from schema/*.yaml by build/generate.mjs.\nimport type { PartialDeep } from '../partial-deep.js';\n",
    unknownAny: true,
    format: false,
  });
  return text.replace(/^\/\*\*[^/]*\*\/\nexport interface AllDefinitions|export interface AllDefinitions/m, 'export interface AllDefinitions');
}

// `minItems` would turn arrays into tuples; the validator sees to it.
function withoutMinItems(value) {
  if (!value || typeof value !== 'object') return;
  delete value.minItems;
  for (const item of Object.values(value)) withoutMinItems(item);
}

function schemaModule() {
  const reachable = schemaOf(
    { ...definitions, All: { properties: Object.fromEntries(Object.keys(roots).map((root) => [root, { $ref: `#/$defs/${root}` }])) } },
    'All',
    base,
  ).$defs;
  // Answers have the properties of Context: written once.
  const { Answers: answers, ...others } = reachable;
  return `// Made from schema/*.yaml by build/generate.mjs.
import type { JsonSchema } from '../json-schema.js';

export const roots = ${JSON.stringify(roots)} as const;
export const base = ${JSON.stringify(base)};
// Parsing text is faster than running a literal of this size.
const others: Record<string, JsonSchema> = JSON.parse(${JSON.stringify(JSON.stringify(others))}) as Record<string, JsonSchema>;
export const definitions: Readonly<Record<string, JsonSchema>> = { ...others, Answers: { ...others.Context, description: ${JSON.stringify(answers.description)}, required: [] } };
`;
}

// What issues say of a required key whose description stands with its definition.
function descriptionModule() {
  const described = Object.fromEntries(
    Object.entries(definitions)
      .filter(([, { description }]) => description)
      .map(([name, { description }]) => [name, description]),
  );
  return `// Made from schema/*.yaml by build/generate.mjs.\nexport const descriptions: Readonly<Record<string, string>> = ${JSON.stringify(described, null, 2)};\n`;
}

async function validators() {
  // All roots refer to one set of definitions, so that the code of each definition is there once.
  const shared = { $id: `${base}definitions.json`, $defs: definitions };
  const references = Object.fromEntries(
    Object.entries(roots).map(([root, name]) => [name, { $id: `${base}validate/${name}`, $ref: `${shared.$id}#/$defs/${root}` }]),
  );
  const ajv = addFormats(
    new Ajv({
      allErrors: true,
      verbose: true,
      discriminator: true,
      inlineRefs: false,
      strict: true,
      strictTypes: false,
      strictRequired: false,
      code: { source: true },
      keywords: annotations,
      schemas: [shared, ...Object.values(references)],
    }),
  );
  const code = standalone(ajv, Object.fromEntries(Object.entries(references).map(([name, { $id }]) => [`validate_${name}`, $id])));
  // The code that ajv writes still calls `require`: bundled, it is one ES module that generates no code at run time.
  const bundled = await build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL('..', import.meta.url)), loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    write: false,
    minify: true,
  });
  const text = bundled.outputFiles[0].text;
  return text.replace(
    /export default (\w+)\(\);\s*$/,
    `const all = $1();\n${Object.keys(schemas)
      .map((name) => `export const validate_${name} = all.validate_${name};`)
      .join('\n')}\n`,
  );
}

function validatorTypes() {
  return `import type { SchemaValidator } from '../json-schema.js';\n\n${Object.keys(schemas)
    .map((name) => `export const validate_${name}: SchemaValidator;`)
    .join('\n')}\n`;
}

function writeWhenChanged(name, text) {
  let before;
  try {
    before = readFileSync(out + name, 'utf8');
  } catch {}
  if (before !== text) writeFileSync(out + name, text);
}
