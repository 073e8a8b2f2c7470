import type { Catalogue, Definition, DefinitionKind } from './definition.js';
import type { Matched } from './match.js';

/** What the way back takes away, be it only to make it anew, and which columns change their type. */
export interface Going {
  /** Ids of objects that are there. */
  readonly dropped: ReadonlySet<string>;
  readonly retyped: ReadonlySet<string>;
}

/** A column of the type that goes gets another one first; so these go last. */
export const lateKinds: ReadonlySet<DefinitionKind> = new Set(['schema', 'extension', 'type', 'collation', 'language']);

/** What reads a column stands in the way of its change; PostgreSQL takes along the others. */
const standInTheWay: ReadonlySet<DefinitionKind> = new Set([
  'view',
  'rule',
  'policy',
  'trigger',
  'routine',
  'default',
  'foreign key',
  'publication',
  'statistics',
]);

export function going(from: Catalogue, { target }: Matched): Going {
  const byId = new Map(from.definitions.map((definition) => [definition.id, definition]));
  const dependents = new Map<string, string[]>();
  for (const { id, needs, on } of from.definitions)
    for (const need of new Set(on === undefined ? needs : [...needs, on])) {
      const list = dependents.get(need);
      if (list) list.push(id);
      else dependents.set(need, [id]);
    }
  const dropped = new Set<string>();
  const retyped = new Set<string>();
  const queue: string[] = [];
  const drop = (id: string): void => {
    if (dropped.has(id)) return;
    dropped.add(id);
    queue.push(id);
  };
  const retype = (id: string): void => {
    if (retyped.has(id) || dropped.has(id)) return;
    retyped.add(id);
    for (const dependent of dependents.get(id) ?? []) {
      const object = byId.get(dependent);
      if (object && (standInTheWay.has(object.kind) || object.column?.generated !== undefined)) drop(dependent);
    }
  };
  for (const one of from.definitions) {
    const other = target.get(one.id);
    if (!other) drop(one.id);
    else if (isRetyped(one, other)) retype(one.id);
    else if (isReplaced(one, other)) drop(one.id);
  }
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const gone = byId.get(id);
    for (const dependent of dependents.get(id) ?? []) {
      const object = byId.get(dependent);
      if (!object || !gone) continue;
      const stays = target.has(dependent) && object.on !== id;
      if (object.column && stays && lateKinds.has(gone.kind) && object.column.generated === undefined) retype(dependent);
      // A sequence that a column owns is freed before the column goes.
      else if (object.kind === 'sequence' && stays && gone.kind !== 'schema') continue;
      // An object that moves to another schema outlives the one it is in.
      else if (gone.kind === 'schema' && stays && target.get(dependent)?.schema !== gone.name) continue;
      else drop(dependent);
    }
  }
  return { dropped, retyped };
}

function isRetyped(one: Definition, other: Definition): boolean {
  if (!one.column || !other.column || one.column.generated !== undefined || other.column.generated !== undefined) return false;
  return one.column.rawType !== other.column.rawType;
}

/** Nothing but dropping it and making it anew brings it there. */
export function isReplaced(one: Definition, other: Definition): boolean {
  if (one.column || other.column) {
    const [generated, wanted] = [one.column?.generated, other.column?.generated];
    return (generated !== undefined || wanted !== undefined) && (one.raw !== other.raw || one.column?.rawType !== other.column?.rawType);
  }
  if (one.labels && other.labels && !sameLabels(one, other)) return true;
  if (isSame(one, other)) return false;
  if (one.kind === 'default' && one.id === other.id) return false;
  return one.replaceable === undefined || one.replaceable !== other.replaceable;
}

/** The same but for what changes by statements of its own. */
export function isSame(one: Definition, other: Definition): boolean {
  // A table is made with its columns, which are compared by themselves; a composite type likewise.
  if (one.kind === 'table' || (one.kind === 'type' && one.raw === '' && one.id === other.id)) return one.raw === other.raw;
  if (one.id === other.id && one.raw === other.raw) return true;
  return one.create.join('\n') === other.create.join('\n') && one.kind !== 'partition';
}

function sameLabels(one: Definition, other: Definition): boolean {
  const key = one.id === other.id ? ('id' as const) : ('label' as const);
  return one.labels?.map((label) => label[key]).join('\0') === other.labels?.map((label) => label[key]).join('\0');
}
