import { contextDefinitions, type JsonSchema } from '@planwright/spec/schema';

/**
 * A copy of a context in which each string that may hold any text is replaced. Strings of an enum or pattern stay, and so does
 * every string that equals one with a pattern: it is an id that refers to another part.
 */
export function replaceFreeStrings<Value>(context: Value, replace: (value: string) => string): Value {
  const ids = new Set<string>();
  walk(context, contextDefinitions.Context, (value, schema) => {
    if (schema.pattern !== undefined) ids.add(value);
    return value;
  });
  const free = (schema: JsonSchema) => schema.pattern === undefined && schema.enum === undefined && schema.const === undefined && schema.format === undefined;
  // The copy has the shape of what it was made from: strings stay strings.
  return walk(context, contextDefinitions.Context, (value, schema) => (free(schema) && !ids.has(value) ? replace(value) : value)) as Value;
}

/** The distinct strings of a context that may hold any text, in their order. */
export function freeStrings(context: unknown): readonly string[] {
  const found = new Set<string>();
  replaceFreeStrings(context, (value) => {
    found.add(value);
    return value;
  });
  return [...found];
}

function walk(value: unknown, written: JsonSchema | boolean | undefined, visit: (value: string, schema: JsonSchema) => string): unknown {
  const schema = resolved(written, value);
  if (typeof value === 'string') return visit(value, schema);
  if (Array.isArray(value)) return value.map((item: unknown) => walk(item, schema.items, visit));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, schema.properties?.[key] ?? schema.additionalProperties, visit)]));
}

function resolved(schema: JsonSchema | boolean | undefined, value: unknown): JsonSchema {
  // What no schema describes (options of templates) is left as it is: an empty enum says so.
  if (typeof schema !== 'object') return { enum: [] };
  if (schema.$ref !== undefined) return resolved(contextDefinitions[schema.$ref.replace('#/$defs/', '')], value);
  if (schema.oneOf !== undefined && typeof value === 'object' && value !== null && 'type' in value) {
    const member = schema.oneOf.map((one) => resolved(one, undefined)).find((one) => one.properties?.type?.const === value.type);
    if (member !== undefined) return member;
  }
  return schema;
}
