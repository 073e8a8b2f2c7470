import { base, definitions, roots } from './generated/schemas.js';
import type { JsonSchema } from './json-schema.js';
import type { SchemaName } from './schema-docs.js';

/** Every definition by name, closed (`additionalProperties: false`), referring to each other by `#/$defs/<name>`. */
export const contextDefinitions: Readonly<Record<string, JsonSchema>> = definitions;

/** A whole JSON Schema (2020-12) with the definitions that it reaches. */
export function schemaOf(name: SchemaName): JsonSchema {
  const root = Object.entries(roots).find(([, file]) => file === name)?.[0] ?? 'Context';
  const reached = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('$ref' in value && typeof value.$ref === 'string') {
      const next = value.$ref.replace('#/$defs/', '');
      if (reached.has(next)) return;
      reached.add(next);
      visit(definitions[next]);
      return;
    }
    for (const item of Object.values(value)) visit(item);
  };
  visit(definitions[root]);
  const $defs = Object.fromEntries([...reached].sort().map((next) => [next, definitions[next] ?? {}]));
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: `${base}${name}.schema.json`, title: root, ...definitions[root], $defs };
}
