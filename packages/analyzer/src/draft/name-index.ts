import type { Constraint, DatabaseSequence, ForeignKey, Table, View } from '@planwright/spec';
import { differing } from '@planwright/sql';
import { keyOf } from './collection.js';

/** What a name in the namespace of relations stands for. */
export interface Relation {
  readonly kind: 'table' | 'view' | 'sequence' | 'index' | 'compositeType' | 'identitySequence';
  /** Key of the table or materialized view that an index belongs to; of the table of an identity sequence. */
  readonly owner?: string;
  /** The index is the one of a constraint of the same name. */
  readonly constraint?: boolean;
}

/** Finds by name what stands inside other objects: indexes and constraints of tables, who references whom, who owns what. Kept in step by whoever changes an object. */
export class NameIndex {
  /** Tables, views, sequences, indexes and composite types share one namespace a schema. */
  readonly relations = new Map<string, Relation>();
  readonly #constraintNames = new Map<string, number>();
  readonly #ownedSequences = new Map<string, Set<string>>();
  readonly #referencedBy = new Map<string, Set<string>>();
  readonly #withPolicies = new Set<string>();
  readonly #childrenOf = new Map<string, Set<string>>();

  hasConstraint(key: string): boolean {
    return (this.#constraintNames.get(key) ?? 0) > 0;
  }

  /** Keys of the tables with a foreign key to a table. */
  referencing(key: string): readonly string[] {
    return listOf(this.#referencedBy.get(key));
  }

  /** Keys of the tables that have policies. */
  withPolicies(): readonly string[] {
    return [...this.#withPolicies];
  }

  /** Keys of the partitions of a table and of those that inherit from it. */
  children(key: string): readonly string[] {
    return listOf(this.#childrenOf.get(key));
  }

  /** Keys of the sequences that columns of a table own; the table is named as sequences do, `billing.orders`. */
  ownedSequences(owner: string): readonly string[] {
    return listOf(this.#ownedSequences.get(owner));
  }

  /** Keeps the indexes of names in step with one table. */
  follow(before: Table | undefined, after: Table | undefined): void {
    const table = after ?? before;
    if (!table) return;
    const key = keyOf(table.schema, table.name);
    if (!before) this.relations.set(key, { kind: 'table' });
    if (!after) this.relations.delete(key);
    if (before?.constraints !== after?.constraints) {
      const [gone, come] = differing(before?.constraints ?? [], after?.constraints ?? []);
      for (const constraint of gone) {
        if (constraint.name === undefined) continue;
        const name = keyOf(table.schema, constraint.name);
        this.#constraintNames.set(name, (this.#constraintNames.get(name) ?? 1) - 1);
        if (hasIndex(constraint.type)) this.relations.delete(name);
      }
      // A key that stays may point where one that goes did, so that all of them are told again: who refers last comes last.
      for (const constraint of keysFrom(before?.constraints, after?.constraints)) this.#referencedBy.get(referencedKey(constraint))?.delete(key);
      for (const constraint of keysFrom(after?.constraints)) addTo(this.#referencedBy, referencedKey(constraint), key);
      for (const constraint of come) {
        if (constraint.name === undefined) continue;
        const name = keyOf(table.schema, constraint.name);
        this.#constraintNames.set(name, (this.#constraintNames.get(name) ?? 0) + 1);
        if (hasIndex(constraint.type)) this.relations.set(name, { kind: 'index', owner: key, constraint: true });
      }
    }
    if (before?.indexes !== after?.indexes) this.#followIndexes(table.schema, key, before?.indexes, after?.indexes);
    if (after?.policies?.length) this.#withPolicies.add(key);
    else if (before?.policies?.length) this.#withPolicies.delete(key);
    if (before?.partitionOf !== after?.partitionOf || before?.inherits !== after?.inherits) {
      for (const parent of before ? parentsOf(before) : []) this.#childrenOf.get(parent)?.delete(key);
      for (const parent of after ? parentsOf(after) : []) addTo(this.#childrenOf, parent, key);
    }
  }

  /** As `follow`, for a sequence: which table's column owns it. */
  followSequence(before: DatabaseSequence | undefined, after: DatabaseSequence | undefined): void {
    if (before?.ownedBy !== undefined) this.#ownedSequences.get(ownerTable(before.ownedBy))?.delete(keyOf(before.schema, before.name));
    if (after?.ownedBy !== undefined) addTo(this.#ownedSequences, ownerTable(after.ownedBy), keyOf(after.schema, after.name));
  }

  /** As `follow`, for a view and the indexes of a materialized one. */
  followView(before: View | undefined, after: View | undefined): void {
    const view = after ?? before;
    if (!view) return;
    const key = keyOf(view.schema, view.name);
    if (after) this.relations.set(key, { kind: 'view' });
    else this.relations.delete(key);
    this.#followIndexes(view.schema, key, before?.indexes, after?.indexes);
  }

  #followIndexes(schema: string | undefined, owner: string, before: Table['indexes'], after: Table['indexes']): void {
    const [gone, come] = differing(before ?? [], after ?? []);
    for (const { name } of gone) if (name !== undefined) this.relations.delete(keyOf(schema, name));
    for (const { name } of come) if (name !== undefined) this.relations.set(keyOf(schema, name), { kind: 'index', owner });
  }
}

/** Foreign keys among constraints, from the first on that another list does not begin with. */
function keysFrom(constraints: readonly Constraint[] = [], other: readonly Constraint[] = []): readonly ForeignKey[] {
  let start = 0;
  while (start < constraints.length && constraints[start] === other[start]) start += 1;
  return constraints.slice(start).filter((constraint) => constraint.type === 'foreignKey');
}

/** The table of `billing.orders.id`. */
function ownerTable(column: string): string {
  return column.slice(0, column.lastIndexOf('.'));
}

function hasIndex(type: string): boolean {
  return type === 'primaryKey' || type === 'unique' || type === 'exclusion';
}

function referencedKey({ references }: ForeignKey): string {
  return keyOf(references.schema, references.table);
}

function parentsOf(table: Table): readonly string[] {
  const partitioned = table.partitionOf ? [keyOf(table.partitionOf.schema, table.partitionOf.table)] : [];
  return [...partitioned, ...(table.inherits ?? []).map(keyFromText)];
}

/** `billing.orders` or `orders`, as `Table.inherits` names a parent. */
function keyFromText(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? name : keyOf(name.slice(0, dot), name.slice(dot + 1));
}

const none: readonly string[] = [];

function listOf(keys: ReadonlySet<string> | undefined): readonly string[] {
  return keys === undefined || keys.size === 0 ? none : [...keys];
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}
