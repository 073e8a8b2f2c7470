import { fileURLToPath } from 'node:url';
import type { JsonSchema } from '@planwright/spec/schema';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

/** The defaults that the schema of the options gives. */
export function defaultsOf(options: Readonly<Record<string, JsonSchema>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(options).flatMap(([name, schema]) => ('default' in schema ? [[name, schema.default]] : [])));
}

/** The closed schema of a template's options. */
export function optionsSchema(options: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', additionalProperties: false, properties: options };
}

/** The text that declares `validateOptions`; undefined when there are no options to check. */
export async function optionsValidator(options: Readonly<Record<string, JsonSchema>>): Promise<string | undefined> {
  if (Object.keys(options).length === 0) return undefined;
  const ajv = new Ajv2020({ allErrors: true, verbose: false, strictTypes: false, code: { source: true } });
  ajv.addVocabulary(['question', 'askedOf', 'units']);
  // The default export of a CommonJS module is its `exports` in Node, which here is the function with itself as `default`.
  const print = standalone.default;
  const code = print(ajv, ajv.compile(optionsSchema(options)));
  // What ajv prints may still call `require`: bundled, it is one expression that needs nothing.
  const bundled = await build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'js' },
    bundle: true,
    format: 'iife',
    globalName: 'validatorModule',
    platform: 'neutral',
    mainFields: ['main'],
    write: false,
    minify: true,
    target: 'es2022',
  });
  return `const validateOptions = /* @__PURE__ */ (() => {\n${bundled.outputFiles[0]?.text ?? ''}return validatorModule.default ?? validatorModule;\n})();`;
}
