import type { Column, Constraint, Index, Snapshot, Table } from '@planwright/spec';
import type { SchemaComparison } from '../compare-schemas.js';
import { typeSpelling } from '../type-spelling.js';

interface Named {
  readonly schema?: string;
  readonly name: string;
}

const lists = [
  ['tables', 'table'],
  ['views', 'view'],
  ['sequences', 'sequence'],
  ['enums', 'type'],
  ['domains', 'domain'],
  ['compositeTypes', 'type'],
] as const;

/**
 * Compares what was predicted of the objects that a change touches with what the catalogue holds afterwards: which are there and which no longer, labels, columns with types and NOT NULL,
 * constraints and indexes by what they cover. Expressions are left out: a catalogue writes them in words of its own. Names that the database may have chosen do not count.
 */
export function comparePrediction(before: Snapshot | undefined, predictedAfter: Snapshot, observed: Snapshot): SchemaComparison {
  // A temporary table ends with the session that made it.
  const after = { ...predictedAfter, tables: predictedAfter.tables.filter(({ persistence }) => persistence !== 'temporary') };
  const found: string[] = [];
  for (const [list, word] of lists) {
    const there = byName<Named>(observed[list]);
    const predicted = byName<Named>(after[list]);
    for (const [name] of predicted) if (!there.has(name)) found.push(`${word} \`${name}\` was predicted and is not there.`);
    for (const [name] of byName<Named>(before?.[list]))
      if (!predicted.has(name) && there.has(name)) found.push(`${word} \`${name}\` is there; it was predicted to be gone.`);
  }
  const types = byName(observed.enums);
  for (const [name, { labels }] of byName(after.enums)) {
    const seen = types.get(name)?.labels;
    if (seen && seen.join() !== labels.join()) found.push(`type \`${name}\`: labels ${labels.join(', ')} were predicted, they are ${seen.join(', ')}.`);
  }
  const tables = byName(observed.tables);
  for (const [name, table] of byName(after.tables)) {
    const seen = tables.get(name);
    if (seen)
      found.push(
        ...columns(name, table, seen),
        ...covered(name, 'constraint', table.constraints, seen.constraints, coveredByConstraint),
        ...indexes(name, table, seen),
      );
  }
  return { equal: found.length === 0, strict: found.length === 0, differences: found };
}

function columns(table: string, predicted: Table, observed: Table): readonly string[] {
  const seen = new Map(observed.columns.map((column) => [column.name, column]));
  const known = new Set(predicted.columns.map(({ name }) => name));
  const keys = keyColumns(predicted);
  return [
    ...predicted.columns.flatMap((column) => {
      const other = seen.get(column.name);
      return other ? columnDifferences(`${table}.${column.name}`, column, other, keys) : [`column \`${table}.${column.name}\` was predicted and is not there.`];
    }),
    ...observed.columns.flatMap(({ name }) => (known.has(name) ? [] : [`column \`${table}.${name}\` is there and was not predicted.`])),
  ];
}

function columnDifferences(name: string, predicted: Column, observed: Column, keys: ReadonlySet<string>): readonly string[] {
  const type = typeSpelling(predicted.type);
  const required = predicted.notNull === true || keys.has(predicted.name) || predicted.identity !== undefined;
  const facts: readonly (readonly [boolean, string])[] = [
    [type === observed.type, `type ${type} was predicted, it is ${observed.type}`],
    [required === (observed.notNull === true), required ? 'NOT NULL was predicted, it takes NULL' : 'it was predicted to take NULL and is NOT NULL'],
    [
      sameThere(predicted.default, observed.default),
      predicted.default === undefined ? 'no default was predicted, it has one' : 'a default was predicted, it has none',
    ],
    [
      sameThere(predicted.generated, observed.generated),
      predicted.generated === undefined ? 'it was not predicted to be generated and is' : 'it was predicted to be generated and is not',
    ],
    [
      sameThere(predicted.identity, observed.identity),
      predicted.identity === undefined ? 'it was not predicted to be an identity column and is' : 'it was predicted to be an identity column and is not',
    ],
  ];
  return facts.flatMap(([same, text]) => (same ? [] : [`column \`${name}\`: ${text}.`]));
}

function keyColumns({ constraints = [] }: Table): ReadonlySet<string> {
  return new Set(constraints.flatMap((constraint) => (constraint.type === 'primaryKey' ? constraint.columns : [])));
}

function sameThere(one: unknown, other: unknown): boolean {
  return (one === undefined) === (other === undefined);
}

function indexes(name: string, predicted: Table, observed: Table): readonly string[] {
  return covered(
    name,
    'index',
    predicted.indexes?.filter(({ proposed }) => proposed !== true),
    observed.indexes,
    coveredByIndex,
  );
}

/** Two lists by what their items cover: each that has no counterpart is a difference. */
function covered<Item extends { readonly name?: string }>(
  table: string,
  word: string,
  predicted: readonly Item[] = [],
  observed: readonly Item[] = [],
  cover: (item: Item) => string,
): readonly string[] {
  const left = observed.map((item) => ({ item, text: cover(item) }));
  const missing: string[] = [];
  for (const item of predicted) {
    const text = cover(item);
    const alike = left.filter((one) => one.text === text);
    const counterpart = alike.find((one) => one.item.name === item.name) ?? alike[0];
    if (counterpart) left.splice(left.indexOf(counterpart), 1);
    else missing.push(`table \`${table}\`: ${called(word, item)}, ${text}, was predicted and is not there.`);
  }
  return [...missing, ...left.map(({ item, text }) => `table \`${table}\`: ${called(word, item)}, ${text}, is there and was not predicted.`)];
}

function called(word: string, { name }: { readonly name?: string }): string {
  return name === undefined ? word : `${word} \`${name}\``;
}

function coveredByConstraint(constraint: Constraint): string {
  const valid = 'notValid' in constraint && constraint.notValid ? ' NOT VALID' : '';
  switch (constraint.type) {
    case 'primaryKey':
      return `PRIMARY KEY (${constraint.columns.join(', ')})`;
    case 'unique':
      return `UNIQUE (${constraint.columns.join(', ')})`;
    case 'foreignKey':
      return `FOREIGN KEY (${constraint.columns.join(', ')}) REFERENCES ${nameOf({ ...constraint.references, name: constraint.references.table })}${valid}`;
    case 'check':
      return `CHECK${valid}`;
    case 'exclusion':
      return 'EXCLUDE';
  }
}

function coveredByIndex({ keys, unique, method = 'btree', where }: Index): string {
  const names = keys.map(({ column }) => column ?? 'an expression').join(', ');
  return `${unique ? 'UNIQUE ' : ''}${method} (${names})${where === undefined ? '' : ' on a part of the rows'}`;
}

function byName<Item extends Named>(list: readonly Item[] = []): ReadonlyMap<string, Item> {
  return new Map(list.map((item) => [nameOf(item), item]));
}

function nameOf({ schema, name }: Named): string {
  return schema === undefined ? name : `${schema}.${name}`;
}
