import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { AddColumnOperation, Answers, Config, Context, Operation, Task } from './generated/types.js';
import type { JsonSchema } from './json-schema.js';
import { allFields, contextDefinitions, describeField, schemaOf, suggestFields } from './schema.js';

const properties = Object.entries(contextDefinitions).flatMap(([definition, { properties = {} }]) =>
  Object.entries(properties).map(([name, property]) => ({ name: `${definition}.${name}`, property })),
);
// What it is, its definition or its list of values says.
const saysItself = ({ $ref, const: constant, enum: values, type, items, $id }: JsonSchema): boolean =>
  $ref !== undefined || constant !== undefined || values !== undefined || type === 'boolean' || $id !== undefined || (items !== undefined && saysItself(items));

describe('the schema', () => {
  it('describes every property, or refers to a definition that does', () => {
    const undescribed = properties.filter(
      ({ property }) => !(property.description ?? contextDefinitions[property.$ref?.replace('#/$defs/', '') ?? '']?.description),
    );
    expect(undescribed.map(({ name }) => name)).toEqual([]);
  });

  it('gives an example of every property that does not say by itself what it takes', () => {
    expect(properties.filter(({ property }) => !saysItself(property) && !property.examples?.length).map(({ name }) => name)).toEqual([]);
  });

  it('gives only examples that it accepts', () => {
    const ajv = formats.default(new Ajv2020({ strict: false, discriminator: true, schemas: [{ $id: 'all', $defs: contextDefinitions }] }));
    const refused = Object.keys(contextDefinitions).flatMap((definition) => {
      const { examples = [], properties = {} } = contextDefinitions[definition] ?? {};
      const own = examples.filter((example) => !ajv.validate(`all#/$defs/${definition}`, example)).map((example) => ({ definition, example }));
      const inner = Object.entries(properties).flatMap(([name, property]) =>
        (property.examples ?? [])
          .filter((example) => !ajv.validate(`all#/$defs/${definition}/properties/${name}`, example))
          .map((example) => ({ definition: `${definition}.${name}`, example })),
      );
      return [...own, ...inner];
    });
    expect(refused).toEqual([]);
  });

  it('says the unit of every number that has one', () => {
    const units = /seconds|minutes|hours|days|bytes|rows|per cent|number|number of|unit|milliseconds|count|line|column|migrations/i;
    const numbers = properties.filter(({ property }) => (property.type === 'number' || property.type === 'integer') && !property.units);
    expect(numbers.filter(({ property }) => !units.test(property.description ?? '')).map(({ name }) => name)).toEqual([]);
  });

  it('is closed: what it does not know is refused, but for maps by name', () => {
    const open = Object.entries(contextDefinitions).filter(
      ([, { type, oneOf, additionalProperties }]) => type === 'object' && oneOf === undefined && additionalProperties !== false,
    );
    expect(open.map(([name]) => name)).toEqual([]);
  });

  it('is whole: a schema holds every definition that it refers to, and no other', () => {
    for (const name of ['context', 'answers', 'config', 'companion', 'manifest', 'analysis', 'stats'] as const) {
      const { $defs = {}, ...root } = schemaOf(name);
      const text = JSON.stringify([root, $defs]);
      const referred = new Set([...text.matchAll(/"#\/\$defs\/(\w+)"/g)].map(([, definition]) => definition));
      expect([...referred].sort()).toEqual(Object.keys($defs).sort());
    }
  });
});

describe('the types', () => {
  it('are flat: misspellings do not pass, and what is required is', () => {
    expectTypeOf<Context>().toHaveProperty('target');
    expectTypeOf<Context['title']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Task['id']>().toEqualTypeOf<string>();
    expectTypeOf<Extract<Operation, { type: 'addColumn' }>>().toEqualTypeOf<AddColumnOperation>();
    expectTypeOf<{ target: { database: 'postgresql' } }>().not.toExtend<Context>();
    expectTypeOf<{ target: { version: string } }>().toExtend<Answers>();
    expectTypeOf<Config['answers']>().toEqualTypeOf<Answers | undefined>();
    // @ts-expect-error a key that the schema does not know
    const misspelt: Context = { target: { database: 'postgresql' }, change: { migrations: [] }, titel: 'A' };
    expect(misspelt.target.database).toBe('postgresql');
  });

  it('have index signatures only where the schema has maps', () => {
    const text = readFileSync(new URL('./generated/types.ts', import.meta.url), 'utf8');
    // `Answers` has those of `Context` by reference.
    const inSchema = properties.filter(({ name, property }) => property.type === 'object' && !name.startsWith('Answers.'));
    const inTypes = [...text.matchAll(/^(\w+)\??: \{\n(?:\/\*\*[\s\S]*?\*\/\n)?\[k: string\]/gm)].map(([, name]) => name);
    expect(inTypes.sort()).toEqual(inSchema.map(({ name }) => name.slice(name.indexOf('.') + 1)).sort());
    expect(text).not.toMatch(/& \{/);
  });
});

describe('looking up a field', () => {
  it('tells what it is, which values it takes and an example', () => {
    expect(describeField('classification.risk')).toMatchObject({
      path: 'classification.risk',
      description: 'Level of risk.',
      type: 'one of: low, medium, high',
      values: ['low', 'medium', 'high'],
      examples: ['medium'],
      required: false,
    });
  });

  it('goes through lists and references, by dots or by pointer', () => {
    expect(describeField('sequence.migrations.phase')).toEqual(describeField('/sequence/migrations/0/phase'));
    expect(describeField('sequence.migrations')).toMatchObject({ type: 'list of PlannedMigration', definition: 'PlannedMigration', required: true });
  });

  it('lists the fields of an object', () => {
    expect(describeField('dates')?.fields.map(({ path }) => path)).toEqual(['dates.generated', 'dates.plan']);
    expect(describeField('')?.fields.find(({ path }) => path === 'target')).toMatchObject({ type: 'Target', required: true });
  });

  it('begins at a definition, too, and at another root', () => {
    expect(describeField('AddColumnOperation.column')?.definition).toBe('Column');
    expect(describeField('out', 'config')?.description).toContain('documents are written');
  });

  it('suggests, where there is none', () => {
    expect(describeField('clasification.risk')).toBeUndefined();
    expect(suggestFields('clasification.risk')).toContain('classification.risk');
    expect(suggestFields('databaseUrlVariable')).toEqual(['project.databaseUrlVariable']);
    expect(suggestFields('mitigaton')).toEqual(['risks.mitigation']);
  });

  it('knows every field', () => {
    const fields = allFields();
    expect(fields).toContain('sequence.migrations.statements.operations.type');
    expect(fields.filter((field) => describeField(field) === undefined)).toEqual([]);
  });
});
