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
const roots = { Context: 'context', Companion: 'companion', Manifest: 'manifest' };

const definitions = readDefinitions();
const schemas = Object.fromEntries(Object.entries(roots).map(([root, name]) => [name, schemaOf(definitions, root, `${base}${name}.schema.json`)]));

mkdirSync(out, { recursive: true });
writeWhenChanged('types.ts', await types());
for (const [name, schema] of Object.entries(schemas)) writeWhenChanged(`${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`);
writeWhenChanged('schemas.ts', schemaModule());
writeWhenChanged('validators.js', await validators());
writeWhenChanged('validators.d.ts', validatorTypes());

async function types() {
  const plain = structuredClone(definitions);
  // Beside `oneOf` the generator would make intersections; the members say everything.
  for (const definition of Object.values(plain)) {
    if (definition.oneOf) for (const key of ['type', 'required', 'discriminator']) delete definition[key];
    withoutMinItems(definition);
  }
  for (const [name, definition] of Object.entries(plain)) definition.title = name;
  const schema = { title: 'AllDefinitions', type: 'object', additionalProperties: false, $defs: plain, properties: Object.fromEntries(Object.keys(plain).map((name) => [name, { $ref: `#/$defs/${name}` }])) };
  const text = await compile(schema, 'AllDefinitions', { bannerComment: '// Made from schema/*.yaml by build/generate.mjs.', unknownAny: true, format: false });
  return text.replace(/^\/\*\*[^/]*\*\/\nexport interface AllDefinitions|export interface AllDefinitions/m, 'export interface AllDefinitions');
}

// `minItems` would turn arrays into tuples; the validator sees to it.
function withoutMinItems(value) {
  if (!value || typeof value !== 'object') return;
  delete value.minItems;
  for (const item of Object.values(value)) withoutMinItems(item);
}

function schemaModule() {
  const lines = Object.entries(schemas).map(([name, schema]) => `export const ${name}Schema: JsonSchema = JSON.parse(${JSON.stringify(JSON.stringify(schema))}) as JsonSchema;`);
  return `// Made from schema/*.yaml by build/generate.mjs.\nimport type { JsonSchema } from '../json-schema.js';\n\n${lines.join('\n')}\n`;
}

async function validators() {
  const ajv = addFormats(new Ajv({ allErrors: true, verbose: true, discriminator: true, strict: true, strictTypes: false, strictRequired: false, code: { source: true }, schemas: Object.values(schemas) }));
  const code = standalone(ajv, Object.fromEntries(Object.keys(schemas).map((name) => [`validate_${name}`, `${base}${name}.schema.json`])));
  // The code that ajv writes still calls `require`: bundled, it is one ES module that generates no code at run time.
  const bundled = await build({ stdin: { contents: code, resolveDir: fileURLToPath(new URL('..', import.meta.url)), loader: 'js' }, bundle: true, format: 'esm', platform: 'neutral', mainFields: ['main'], write: false, minify: true });
  const text = bundled.outputFiles[0].text;
  return text.replace(/export default (\w+)\(\);\s*$/, `const all = $1();\n${Object.keys(schemas).map((name) => `export const validate_${name} = all.validate_${name};`).join('\n')}\n`);
}

function validatorTypes() {
  return `import type { SchemaValidator } from '../json-schema.js';\n\n${Object.keys(schemas).map((name) => `export const validate_${name}: SchemaValidator;`).join('\n')}\n`;
}

function writeWhenChanged(name, text) {
  let before;
  try {
    before = readFileSync(out + name, 'utf8');
  } catch {}
  if (before !== text) writeFileSync(out + name, text);
}
