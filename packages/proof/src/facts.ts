import type { Column, Constraint, Index, IndexKey, Snapshot, Table, View } from '@planwright/spec';

/** What a snapshot says, one value a line: `table orders, column total, type` is `numeric(12,2)`. */
export type Facts = ReadonlyMap<string, string>;

type Field = string | number | boolean | undefined | null | object;

/** Fields that are for readers of a plan, or that only one of the two sides can know. */
const unspoken = new Set(['purpose', 'personalData', 'rationale', 'proposed', 'dependsOn', 'usingIndex']);

/** Everything in a snapshot as facts. What is the default of its field is left out, so that absent and default are the same. */
export function factsOf(snapshot: Snapshot): Facts {
  const facts = new Map<string, string>();
  const say = (path: string, fields: Readonly<Record<string, Field>>): void => {
    facts.set(path, 'there');
    for (const [field, value] of Object.entries(fields)) {
      if (value === undefined || value === null || value === false || unspoken.has(field)) continue;
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
      if (text !== '[]' && text !== '{}') facts.set(`${path}, ${field}`, text);
    }
  };
  const named = ({ schema, name }: { readonly schema?: string; readonly name: string }) => (schema === undefined ? name : `${schema}.${name}`);

  for (const schema of snapshot.schemas ?? []) say(`schema ${schema}`, {});
  for (const extension of snapshot.extensions ?? []) say(`extension ${extension}`, {});
  for (const table of snapshot.tables) sayTable(say, `table ${named(table)}`, table);
  for (const view of snapshot.views ?? []) sayView(say, `view ${named(view)}`, view);
  for (const { schema, name, ...sequence } of snapshot.sequences ?? []) {
    say(`sequence ${named({ schema, name })}`, { ...sequence, type: unless(sequence.type, 'bigint'), options: sorted(sequence.options) });
  }
  for (const item of snapshot.enums ?? []) say(`enum ${named(item)}`, { labels: item.labels });
  for (const { schema, name, checks, ...domain } of snapshot.domains ?? []) {
    const path = `domain ${named({ schema, name })}`;
    say(path, domain);
    for (const check of checks ?? []) sayConstraint(say, path, check);
  }
  for (const item of snapshot.compositeTypes ?? []) sayColumns(say, `type ${named(item)}`, item.attributes);
  for (const { schema, name, arguments: types, kind, volatility, ...routine } of snapshot.routines ?? []) {
    say(`${kind} ${named({ schema, name })}(${types})`, { ...routine, volatility: unless(volatility, 'volatile') });
  }
  // Of other objects only kind and name are known.
  for (const object of snapshot.objects ?? []) say(`${object.kind} ${named(object)}`, {});
  return facts;
}

type Say = (path: string, fields: Readonly<Record<string, Field>>) => void;

function sayTable(say: Say, path: string, table: Table): void {
  const { schema: _, name: __, columns, constraints, indexes, triggers, policies, options, persistence, ...rest } = table;
  sayColumns(say, path, columns, { ...rest, persistence: unless(persistence, 'permanent'), options: sorted(options) });
  for (const constraint of constraints ?? []) sayConstraint(say, path, constraint);
  for (const index of indexes ?? []) sayIndex(say, path, index);
  for (const { name, ...trigger } of triggers ?? []) say(`${path}, trigger ${name}`, trigger);
  for (const { name, command, permissive, roles, ...policy } of policies ?? []) {
    say(`${path}, policy ${name}`, { ...policy, command: unless(command, 'all'), restrictive: permissive === false, roles: roles && [...roles].sort() });
  }
}

function sayColumns(say: Say, path: string, columns: readonly Column[], fields: Readonly<Record<string, Field>> = {}): void {
  say(path, { ...fields, columns: columns.map(({ name }) => name).join(', ') });
  for (const { name, generated, ...column } of columns) {
    say(`${path}, column ${name}`, { ...column, generated: generated?.expression, virtual: generated?.stored === false });
  }
}

function sayView(say: Say, path: string, view: View): void {
  const { schema: _, name: __, indexes, columns, ...rest } = view;
  say(path, { ...rest, columns: columns?.join(', ') });
  for (const index of indexes ?? []) sayIndex(say, path, index);
}

function sayConstraint(say: Say, path: string, constraint: Constraint): void {
  const { name, ...rest } = constraint;
  // Which columns a check or exclusion reads is not always known, and follows from its text.
  const { columns, ...fields } = { columns: undefined, ...rest };
  say(`${path}, constraint ${name ?? '(no name)'}`, {
    ...fields,
    ...meaningOf(constraint),
    columns: rest.type === 'check' || rest.type === 'exclusion' ? undefined : columns,
  });
}

function meaningOf(constraint: Constraint): Readonly<Record<string, Field>> {
  if (constraint.type !== 'foreignKey') return {};
  const { references, onDelete, onUpdate } = constraint;
  return {
    references: `${references.schema === undefined ? '' : `${references.schema}.`}${references.table} (${references.columns?.join(', ') ?? 'primary key'})`,
    onDelete: unless(onDelete, 'no action'),
    onUpdate: unless(onUpdate, 'no action'),
  };
}

function sayIndex(say: Say, path: string, { name, keys, method, options, ...index }: Index): void {
  say(`${path}, index ${name ?? '(no name)'}`, { ...index, method: unless(method, 'btree'), options: sorted(options), keys: keys.length });
  for (const [place, key] of keys.entries()) say(`${path}, index ${name ?? '(no name)'}, key ${place + 1}`, { ...key } satisfies IndexKey);
}

function unless<Value>(value: Value, usual: Value): Value | undefined {
  return value === usual ? undefined : value;
}

function sorted(options: Readonly<Record<string, string>> | undefined): object | undefined {
  return options && Object.fromEntries(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)));
}
