import type { Operation, Snapshot } from '@planwright/spec';

type ListName = 'tables' | 'views' | 'sequences' | 'enums' | 'domains' | 'compositeTypes' | 'routines' | 'objects';
const lists: readonly ListName[] = ['tables', 'views', 'sequences', 'enums', 'domains', 'compositeTypes', 'routines', 'objects'];

interface Side {
  readonly before: Snapshot;
  readonly after: Snapshot;
}

interface Item {
  readonly schema?: string;
  readonly name: string;
}

/** A statement with its sides. */
interface Touching extends Side {
  readonly statement: { readonly operations: readonly Operation[] };
}

interface Touched {
  readonly changed: ReadonlySet<string>;
  readonly named: ReadonlySet<string>;
  /** Tables from whose rows it makes others, or which a view shows; and views that one is made of. */
  readonly read: ReadonlySet<string>;
}

/** Which earlier migrations each one needs, migration by migration in their order: the nearest that has changed what it touches or names, and those that have read rows of what it changes. */
export class NeededBefore {
  readonly #changed = new Map<string, string>();
  readonly #readers = new Map<string, Set<string>>();

  /** Ids, sorted. */
  of(id: string, statements: readonly Touching[]): string[] {
    const objects = statements.map(touchedObjects);
    const needs = new Set(
      objects.flatMap(({ changed, named, read }) => [
        ...[...changed, ...named, ...read].flatMap((key) => this.#changed.get(key) ?? []),
        ...[...changed].flatMap((key) => [...(this.#readers.get(key) ?? [])]),
      ]),
    );
    for (const { changed } of objects) {
      for (const key of changed) {
        this.#changed.set(key, id);
        this.#readers.delete(key);
      }
    }
    for (const { read } of objects) for (const key of read) this.#readers.set(key, (this.#readers.get(key) ?? new Set()).add(id));
    needs.delete(id);
    return [...needs].sort();
  }
}

/** Keys of objects that a statement changes, tables whose rows it writes among them; of those that it only names; and of those whose rows it reads for others. */
export function touchedObjects({ before, after, statement }: Touching): Touched {
  const changed = new Set<string>();
  const named = new Set<string>();
  for (const list of lists) {
    const one = indexOf(before, list);
    const other = indexOf(after, list);
    for (const [key, item] of one) (other.get(key) === item ? named : changed).add(key);
    for (const key of other.keys()) if (!one.has(key)) changed.add(key);
  }
  for (const operation of statement.operations) for (const key of writtenRows(operation)) changed.add(key);
  const read = new Set(statement.operations.flatMap(tablesRead).map((table) => `tables ${schemaAnd(table)}`));
  for (const operation of statement.operations) for (const key of shown(operation)) read.add(key);
  return { changed, named, read };
}

/** Tables and views from whose rows an operation makes others: `orders`, `billing.jobs`. */
export function tablesRead(operation: Operation): readonly string[] {
  return operation.type === 'insertRows' || operation.type === 'updateRows' || operation.type === 'backfill' ? (operation.from ?? []) : [];
}

/** What a view shows; columns are among it, which no object is called after. */
function shown(operation: Operation): readonly string[] {
  if (operation.type !== 'createView') return [];
  return (operation.view.dependsOn ?? []).flatMap((name) => [`tables ${schemaAnd(name)}`, `views ${schemaAnd(name)}`]);
}

/** Tables whose rows an operation writes: who needs them filled, or takes away what fills them, comes after it. */
function writtenRows(operation: Operation): readonly string[] {
  switch (operation.type) {
    case 'backfill':
      return [
        keyOf('tables', { ...operation, name: operation.table }),
        ...(operation.progress === undefined ? [] : [`tables ${schemaAnd(operation.progress)}`]),
      ];
    case 'insertRows':
    case 'updateRows':
    case 'deleteRows':
    case 'mergeRows':
    case 'truncateTable':
      return [keyOf('tables', { ...operation, name: operation.table })];
    default:
      return [];
  }
}

/** `billing.jobs` stands as it is, `jobs` has no schema. */
function schemaAnd(table: string): string {
  return table.includes('.') ? table : `.${table}`;
}

/** The schema around several statements: each object as it was before the first that touches it, and as it is after the last. */
export function around(sides: readonly Side[]): Side {
  const [first] = sides;
  const before: Record<string, Item[]> = {};
  const after: Record<string, Item[]> = {};
  for (const list of lists) {
    const start = new Map<string, Item | undefined>();
    const end = new Map<string, Item | undefined>();
    for (const side of sides) {
      const one = indexOf(side.before, list);
      const other = indexOf(side.after, list);
      for (const key of new Set([...one.keys(), ...other.keys()])) {
        if (!start.has(key)) start.set(key, one.get(key));
        end.set(key, other.get(key));
      }
    }
    const present = (items: ReadonlyMap<string, Item | undefined>): Item[] => [...items.values()].flatMap((item) => item ?? []);
    if (present(start).length > 0) before[list] = present(start);
    if (present(end).length > 0) after[list] = present(end);
  }
  const common = first?.before.defaultSchema === undefined ? {} : { defaultSchema: first.before.defaultSchema };
  const last = sides.at(-1);
  // Each list holds the items of its own kind, as they were taken out of the snapshots.
  return {
    before: { ...common, ...named(first?.before), tables: [], ...before } as Snapshot,
    after: { ...common, ...named(last?.after), tables: [], ...after } as Snapshot,
  };
}

/** Schemas and extensions are whole in every side. */
function named(side: Snapshot | undefined): Pick<Snapshot, 'schemas' | 'extensions'> {
  return { ...(side?.schemas ? { schemas: side.schemas } : {}), ...(side?.extensions ? { extensions: side.extensions } : {}) };
}

function indexOf(snapshot: Snapshot, list: ListName): ReadonlyMap<string, Item> {
  const items: readonly Item[] = snapshot[list] ?? [];
  return new Map(items.map((item) => [keyOf(list, item), item]));
}

function keyOf(list: ListName, item: Item): string {
  return `${list} ${item.schema ?? ''}.${item.name}${'arguments' in item ? `(${String(item.arguments)})` : ''}`;
}
