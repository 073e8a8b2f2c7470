import { definitions, roots } from './generated/schemas.js';
import type { JsonSchema } from './json-schema.js';
import { nearest } from './nearest.js';

/** What the schema says of one field. */
export interface FieldDocs {
  /** `sequence.migrations.phase`. */
  readonly path: string;
  readonly description: string;
  /** In words: `text`, `list of PlannedMigration`, `one of: low, medium, high`. */
  readonly type: string;
  /** The definition that it is made of, where it is one: `PlannedMigration`. */
  readonly definition?: string;
  readonly values?: readonly unknown[];
  readonly examples: readonly unknown[];
  readonly units?: string;
  /** Whether the object that it belongs to needs it. What templates require stands with them. */
  readonly required: boolean;
  /** What is asked when a template requires it and nobody has given it. */
  readonly question?: string;
  readonly askedOf?: string;
  /** Its own fields, when it is an object or a list of objects. */
  readonly fields: readonly Pick<FieldDocs, 'path' | 'description' | 'type' | 'required'>[];
}

/** Roots whose fields can be looked up: `context`, `config`, `companion`, `manifest`, `answers`. */
export type SchemaName = (typeof roots)[keyof typeof roots];

/**
 * Looks up a field by its path from the root: `classification.risk`, `sequence.migrations.phase`, or as a pointer, `/sequence/migrations/0/phase`. A path may
 * also begin with a definition: `PlannedMigration.phase`. The empty path is the root itself. Undefined when there is no such field: see `suggestFields`.
 */
export function describeField(path: string, root: SchemaName = 'context'): FieldDocs | undefined {
  const names = namesOf(path);
  const first = names[0];
  const definition = first !== undefined && Object.hasOwn(definitions, first) ? first : undefined;
  let schema: JsonSchema = definition === undefined ? rootOf(root) : { $ref: `#/$defs/${definition}` };
  let required = false;
  for (const name of definition === undefined ? names : names.slice(1)) {
    const owners = objectsOf(schema);
    const owner = owners.find(({ properties }) => Object.hasOwn(properties ?? {}, name));
    if (owner === undefined) {
      const free = owners.find(({ additionalProperties }) => typeof additionalProperties === 'object');
      if (free === undefined || typeof free.additionalProperties !== 'object') return undefined;
      [schema, required] = [free.additionalProperties, false];
    } else [schema, required] = [owner.properties?.[name] ?? {}, owner.required?.includes(name) ?? false];
  }
  return docsOf(names.join('.'), schema, required);
}

/** Fields that a path which is none may have meant: the nearest at the place where it left the schema, and fields elsewhere of that name. */
export function suggestFields(path: string, root: SchemaName = 'context'): readonly string[] {
  const names = namesOf(path);
  const last = names.at(-1);
  if (last === undefined) return [];
  const known = allFields(root);
  const ending = known.filter((field) => field === last || field.endsWith(`.${last}`));
  const near = nearest(names.join('.'), known);
  const lastNames = new Set(known.map((field) => field.slice(field.lastIndexOf('.') + 1)));
  const similar = nearest(last, lastNames);
  const suggestions = [
    ...(near === undefined ? [] : [near]),
    ...ending,
    ...known.filter((field) => similar !== undefined && (field === similar || field.endsWith(`.${similar}`))),
  ];
  return [...new Set(suggestions)].slice(0, 10);
}

/** Paths of all fields of a root, without the insides of schema objects that refer to themselves. */
export function allFields(root: SchemaName = 'context'): readonly string[] {
  const paths: string[] = [];
  const visit = (schema: JsonSchema, at: string, above: readonly JsonSchema[]) => {
    for (const object of objectsOf(schema)) {
      if (above.includes(object)) continue;
      for (const [name, property] of Object.entries(object.properties ?? {})) {
        const path = at === '' ? name : `${at}.${name}`;
        paths.push(path);
        visit(property, path, [...above, object]);
      }
    }
  };
  visit(rootOf(root), '', []);
  return [...new Set(paths)];
}

function namesOf(path: string): readonly string[] {
  const names = path.split(/[./[\]]+/).filter((name) => name !== '' && !/^\d+$/.test(name) && name !== '*');
  return names[0] === 'context' ? names.slice(1) : names;
}

function rootOf(root: SchemaName): JsonSchema {
  const name = Object.entries(roots).find(([, file]) => file === root)?.[0] ?? 'Context';
  return { $ref: `#/$defs/${name}` };
}

function resolved(schema: JsonSchema): JsonSchema {
  return schema.$ref === undefined ? schema : (definitions[definitionOf(schema) ?? ''] ?? schema);
}

function definitionOf({ $ref }: JsonSchema): string | undefined {
  return $ref?.slice($ref.lastIndexOf('/') + 1);
}

/** The object schemas that a schema is, is a list of, or chooses between. */
function objectsOf(schema: JsonSchema): readonly JsonSchema[] {
  const { oneOf, items, ...rest } = resolved(schema);
  if (oneOf !== undefined) return oneOf.flatMap(objectsOf);
  if (items !== undefined) return objectsOf(items);
  return rest.properties !== undefined || typeof rest.additionalProperties === 'object' ? [resolved(schema)] : [];
}

function docsOf(path: string, schema: JsonSchema, required: boolean): FieldDocs {
  const target = resolved(schema);
  const item = target.items;
  const definition = definitionOf(schema) ?? (item && definitionOf(item));
  const values = target.enum ?? (item && resolved(item).enum);
  const units = schema.units ?? target.units;
  const question = schema.question ?? target.question;
  const askedOf = schema.askedOf ?? target.askedOf;
  const fields = new Map<string, FieldDocs['fields'][number]>();
  for (const { properties = {}, required: needed = [] } of objectsOf(schema)) {
    for (const [name, property] of Object.entries(properties)) {
      if (fields.has(name)) continue;
      const description = descriptionOf(property);
      fields.set(name, { path: path === '' ? name : `${path}.${name}`, description, type: typeOf(property), required: needed.includes(name) });
    }
  }
  return {
    path,
    description: descriptionOf(schema),
    type: typeOf(schema),
    ...(definition !== undefined && { definition }),
    ...(values !== undefined && { values }),
    examples: schema.examples ?? target.examples ?? [],
    ...(units !== undefined && { units }),
    required,
    ...(question !== undefined && { question }),
    ...(askedOf !== undefined && { askedOf }),
    fields: [...fields.values()],
  };
}

function descriptionOf(schema: JsonSchema): string {
  return schema.description ?? resolved(schema).description ?? '';
}

const words: Readonly<Record<string, string>> = { string: 'text', number: 'number', integer: 'whole number', boolean: 'true or false' };

function typeOf(schema: JsonSchema): string {
  const target = resolved(schema);
  if (target.const !== undefined) return `always ${String(target.const)}`;
  if (target.enum !== undefined) return `one of: ${target.enum.join(', ')}`;
  if (target.items !== undefined) return `list of ${definitionOf(target.items) ?? typeOf(target.items)}`;
  if (target.type === 'object' || target.oneOf !== undefined) {
    if (schema.$ref !== undefined) return definitionOf(schema) ?? 'object';
    return typeof target.additionalProperties === 'object' ? `${typeOf(target.additionalProperties)} by name` : 'object';
  }
  return words[target.type ?? ''] ?? target.type ?? 'any value';
}
