import type { ForeignKey, Lock, Table } from '@planwright/spec';
import { emptyMemory, type Memory } from '../../verdicts/remembered.js';
import { onTableText, type StatementFacts, tableText } from '../../verdicts/statement-facts.js';

/** A table as operations and foreign keys name it. */
export type On = { readonly schema?: string; readonly table: string };

/** A lock on one table. What is told of it here is the work on that table; how long it is held follows from the whole statement. */
export function lock(on: On, mode: Lock['mode'], held: Lock['held'] = 'brief'): Lock {
  return { relation: onTableText(on), mode, held };
}

const only = /^\s*(?:alter\s+table\s+(?:if\s+exists\s+)?|truncate\s+(?:table\s+)?|update\s+|delete\s+from\s+)only\b/i;
const addsConstraint = /\badd\s+(?:constraint|foreign\s+key)\b/i;

/** A foreign key with the table that has it. */
export interface Reference {
  readonly from: On;
  readonly key: ForeignKey;
}

/** The tables around a statement, as they were before it: families of partitions and heirs, and foreign keys between them. Each is put together when it is asked for. */
export class Surroundings {
  readonly memory: Memory = emptyMemory();
  #only: boolean | undefined;
  #byName: ReadonlyMap<string, Table> | undefined;
  #children: ReadonlyMap<string, readonly Table[]> | undefined;
  #references: ReadonlyMap<string, readonly Reference[]> | undefined;

  constructor(
    readonly facts: StatementFacts,
    readonly sql: string,
  ) {}

  /** Where a foreign key is added as a constraint, not with its column, PostgreSQL looks up its rows even if all of them are new and NULL. */
  get checksAddedKeys(): boolean {
    return this.sql === '' || addsConstraint.test(this.sql);
  }

  /** Whether the database is older than a major version. */
  isBefore(version: number): boolean {
    return this.facts.version !== undefined && this.facts.version < version;
  }

  /** ALTER TABLE ONLY: partitions and heirs are left out. */
  private get only(): boolean {
    this.#only ??= only.test(this.sql);
    return this.#only;
  }

  table(on: On): Table | undefined {
    const { before, neighbours } = this.facts;
    return (
      before.tables.findLast((table) => table.name === on.table && table.schema === on.schema) ??
      (neighbours.length === 0 ? undefined : this.#tables.get(onTableText(on)))
    );
  }

  get tables(): Iterable<Table> {
    return this.#tables.values();
  }

  get #tables(): ReadonlyMap<string, Table> {
    if (!this.#byName) {
      const found = new Map<string, Table>();
      for (const table of this.facts.neighbours) found.set(tableText(table), table);
      for (const table of this.facts.before.tables) found.set(tableText(table), table);
      this.#byName = found;
    }
    return this.#byName;
  }

  /** A table with its partitions, theirs, and so on; with `heirs`, tables that inherit from it too. The table itself comes first. */
  family(on: On, heirs: boolean): readonly On[] {
    // A partition or heir is always a neighbour, or is named beside its parent.
    if ((this.facts.neighbours.length === 0 && this.facts.before.tables.length < 2) || this.#families.size === 0) return [on];
    const members = new Map<string, On>([[onTableText(on), on]]);
    // A map that grows while it is walked is walked to its new end.
    for (const parent of members.keys())
      for (const child of this.#families.get(parent) ?? []) if (heirs || child.partitionOf) members.set(tableText(child), onOf(child));
    return members.size === 1 ? [on] : [...members.values()];
  }

  /** The same lock on a table and its partitions, with `heirs` on those that inherit from it too. A partitioned table has no rows of its own to read or write. */
  spread(on: On, mode: Lock['mode'], work: Lock['held'] = 'brief', heirs = true): readonly Lock[] {
    if (this.only) return [lock(on, mode, work)];
    return this.family(on, heirs).map((member) => lock(member, mode, this.table(member)?.partitionBy === undefined ? work : 'brief'));
  }

  /** As `spread`, whatever ONLY says: for the tables at the other end of foreign keys. */
  partner(on: On, mode: Lock['mode'], work: Lock['held'] = 'brief'): readonly Lock[] {
    return this.family(on, false).map((member) => lock(member, mode, this.table(member)?.partitionBy === undefined ? work : 'brief'));
  }

  /** Foreign keys that a table has. */
  keysOf(on: On): readonly ForeignKey[] {
    return this.table(on)?.constraints?.filter((constraint) => constraint.type === 'foreignKey') ?? noKeys;
  }

  /** Foreign keys that reference a table, or one that it is a partition of. */
  referencesTo(on: On): readonly Reference[] {
    if (!this.#references) {
      const found = new Map<string, Reference[]>();
      for (const table of this.#tables.values())
        for (const constraint of table.constraints ?? [])
          if (constraint.type === 'foreignKey') push(found, onTableText(constraint.references), { from: onOf(table), key: constraint });
      this.#references = found;
    }
    const own = this.#references.get(onTableText(on)) ?? noReferences;
    const parent = this.table(on)?.partitionOf;
    return parent ? [...own, ...this.referencesTo(parent)] : own;
  }

  /** Tables by the one that they are partitions of or inherit from. */
  get #families(): ReadonlyMap<string, readonly Table[]> {
    if (!this.#children) {
      const found = new Map<string, Table[]>();
      for (const table of this.#tables.values()) {
        if (table.partitionOf) push(found, onTableText(table.partitionOf), table);
        for (const inherited of table.inherits ?? []) push(found, inherited, table);
      }
      this.#children = found;
    }
    return this.#children;
  }
}

const noKeys: readonly ForeignKey[] = [];
const noReferences: readonly Reference[] = [];

/** A table as operations name it. */
export function onOf({ schema, name }: { readonly schema?: string; readonly name: string }): On {
  return schema === undefined ? { table: name } : { schema, table: name };
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
