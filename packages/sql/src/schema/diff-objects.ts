import type { DatabaseSequence, Index, Routine, Snapshot, View } from '@planwright/spec';
import { dotted } from '../databases/postgresql/write/names.js';
import { sequenceOptions } from '../databases/postgresql/write/sequence-options.js';
import type { Between } from './between.js';
import { inSchema, keyOf, mentions, pairs } from './named.js';
import { parametersOf, replaceable, sameView, viewsInOrder } from './replaced.js';

/** Schemas, extensions and objects known by kind and name. */
export function diffNames({ from, to, steps }: Between): void {
  const text = (name: string): string => name;
  const schemas = pairs(from.schemas, to.schemas, text);
  for (const name of schemas.come) steps.add('create schemas', { type: 'createSchema', name });
  for (const name of schemas.gone) steps.add('drop schemas', { type: 'dropSchema', name });
  const extensions = pairs(from.extensions, to.extensions, text);
  for (const name of extensions.come) steps.add('create extensions', { type: 'createExtension', name });
  for (const name of extensions.gone) steps.add('drop extensions', { type: 'dropExtension', name });
  const objects = pairs(from.objects, to.objects, (object) => `${object.kind} ${keyOf(object)}`);
  for (const { kind, schema, name } of objects.gone) steps.add('drop objects', { type: 'dropObject', kind, ...inSchema({ schema }), name });
  for (const object of objects.come) steps.add('create objects', { type: 'createObject', object });
}

/** Sequences. One that a column owns goes with the column, and is owned again once the column is there. */
export function diffSequences(between: Between): void {
  const { from, to, steps, same } = between;
  const { gone, come, both } = pairs(from.sequences, to.sequences, keyOf);
  for (const sequence of gone) {
    if (!goesWithOwner(between, sequence)) steps.add('drop sequences', { type: 'dropSequence', ...inSchema(sequence), name: sequence.name });
  }
  for (const sequence of come) createSequence(between, sequence);
  for (const [one, other] of both) {
    if (goesWithOwner(between, one))
      steps.add('free sequences', { type: 'alterSequence', ...inSchema(one), name: one.name, changes: 'OWNED BY NONE', ownedBy: 'none' });
    if (!same({ ...one, ownedBy: undefined }, { ...other, ownedBy: undefined })) {
      const changes = ['NO MINVALUE', 'NO MAXVALUE', ...(one.options?.cycle && !other.options?.cycle ? ['NO CYCLE'] : [])];
      const all = sequenceOptions({ start: '1', increment: '1', cache: '1', ...other.options });
      const kept = changes.filter((change) => !all.includes(change.replace('NO ', '')) || change === 'NO CYCLE');
      const type = one.type === other.type ? [] : [`AS ${other.type ?? 'bigint'}`];
      steps.add('own sequences', { type: 'alterSequence', ...inSchema(other), name: other.name, changes: [...type, all, ...kept].join(' ') });
    }
    if (!same(one.ownedBy, other.ownedBy) || (other.ownedBy !== undefined && goesWithOwner(between, one))) own(between, other);
  }
}

function createSequence(between: Between, sequence: DatabaseSequence): void {
  const { ownedBy, ...free } = sequence;
  between.steps.add('create sequences', { type: 'createSequence', sequence: free });
  if (ownedBy !== undefined) own(between, sequence);
}

function own({ steps }: Between, { schema, name, ownedBy }: DatabaseSequence): void {
  const changes = `OWNED BY ${ownedBy === undefined ? 'NONE' : dotted(ownedBy)}`;
  steps.add('own sequences', { type: 'alterSequence', ...inSchema({ schema }), name, changes, ownedBy: ownedBy ?? 'none' });
}

function goesWithOwner({ from, to, replaced }: Between, { ownedBy }: DatabaseSequence): boolean {
  if (ownedBy === undefined) return false;
  const owns = (snapshot: Snapshot): boolean =>
    snapshot.tables.some((table) => {
      const prefix = `${table.schema === undefined ? '' : `${table.schema}.`}${table.name}.`;
      return (
        ownedBy.startsWith(prefix) &&
        table.columns.some(({ name }) => ownedBy === `${prefix}${name}` && !(snapshot === to && replaced.columns.get(keyOf(table))?.has(name)))
      );
    });
  return owns(from) && !owns(to);
}

/** Views and materialized views with their indexes. */
export function diffViews({ from, to, steps, same, replaced }: Between): void {
  const { gone, come, both } = pairs(from.views, to.views, keyOf);
  const shared = (from.views ?? []).filter((view) => replaced.views.has(keyOf(view)) && to.views?.includes(view)).map((view) => [view, view] as const);
  const dropped: View[] = [...gone];
  const created: View[] = [...come];
  const replacing = new Set<View>();
  for (const [one, other] of [...both, ...shared]) {
    if (replaced.views.has(keyOf(one)) || (!sameView(one, other, same) && !replaceable(one, other, same))) {
      dropped.push(one);
      created.push(other);
    } else if (!sameView(one, other, same)) {
      replacing.add(other);
      created.push(other);
    } else diffView(one, other);
  }
  for (const view of [...viewsInOrder(dropped)].reverse()) {
    steps.add('drop views', { type: 'dropView', ...inSchema(view), name: view.name, ...(view.materialized ? { materialized: true } : {}) });
  }
  for (const view of viewsInOrder(created)) steps.add('create views', { type: 'createView', view, ...(replacing.has(view) ? { orReplace: true } : {}) });

  function diffView(one: View, other: View): void {
    const indexes = pairs(one.indexes, other.indexes, (index: Index) => index.name ?? JSON.stringify(index));
    const changed = indexes.both.filter(([before, after]) => !same(before, after));
    for (const { name } of [...indexes.gone, ...changed.map(([index]) => index)]) {
      if (name !== undefined) steps.add('drop indexes', { type: 'dropIndex', ...inSchema(one), name, table: one.name });
    }
    for (const index of [...indexes.come, ...changed.map(([, index]) => index)])
      steps.add('create indexes', { type: 'createIndex', ...inSchema(other), table: other.name, index });
    if (same(one.comment, other.comment)) return;
    const kind = other.materialized ? 'materialized view' : 'view';
    steps.add('comment', {
      type: 'setComment',
      kind,
      ...inSchema(other),
      name: other.name,
      ...(other.comment === undefined ? {} : { comment: other.comment }),
    });
  }
}

/** Functions and procedures. */
export function diffRoutines(between: Between): void {
  const { from, to, steps, same, replaced } = between;
  const key = (routine: Routine): string => `${keyOf(routine)}(${routine.arguments})`;
  const { gone, come, both } = pairs(from.routines, to.routines, key);
  const typeNames = [...replaced.types].map((type) => type.split('\0').at(-1) ?? type);
  const takesRebuilt = (routine: Routine): boolean => typeNames.some((type) => mentions(routine.arguments, type) || mentions(routine.returns, type));
  const drop = (routine: Routine): void =>
    steps.add('drop routines', { type: 'dropRoutine', ...inSchema(routine), name: routine.name, kind: routine.kind, arguments: routine.arguments });
  const create = (routine: Routine, orReplace: boolean): void =>
    steps.add(neededByTables(to, routine) ? 'create early routines' : 'create late routines', {
      type: 'createRoutine',
      routine,
      ...(orReplace ? { orReplace } : {}),
    });
  for (const routine of gone) drop(routine);
  for (const routine of come) create(routine, false);
  const shared = (from.routines ?? [])
    .filter((routine) => typeNames.length > 0 && to.routines?.includes(routine))
    .map((routine) => [routine, routine] as const);
  for (const [one, other] of [...both, ...shared]) {
    if (one !== other && same(plain(one.definition), plain(other.definition))) continue;
    const sameShape = one.kind === other.kind && same(one.returns, other.returns) && parametersOf(one) === parametersOf(other);
    if (one === other && !takesRebuilt(one)) continue;
    if (takesRebuilt(one) || !sameShape) {
      drop(one);
      create(other, false);
    } else create(other, true);
  }
}

function plain(definition: string): string {
  return definition.replace(/^\s*CREATE\s+(?:OR\s+REPLACE\s+)?/i, 'CREATE ');
}

/** Defaults, generated columns, checks and indexes use it. */
function neededByTables(snapshot: Snapshot, { name, returns }: Routine): boolean {
  if (returns === 'trigger') return false;
  return snapshot.tables.some((table) => {
    const texts = [
      ...table.columns.flatMap(({ default: value, generated }) => [value, generated?.expression]),
      ...(table.constraints ?? []).map((constraint) => (constraint.type === 'check' ? constraint.expression : undefined)),
      ...(table.indexes ?? []).flatMap(({ where, keys }) => [where, ...keys.map(({ expression }) => expression)]),
    ];
    return texts.some((text) => mentions(text, name));
  });
}
