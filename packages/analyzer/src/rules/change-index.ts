import type { Column, ForeignKey, Index } from '@planwright/spec';
import { serialType } from '../apply/written-type.js';
import { blocksWriters } from '../lock-facts/postgresql/lock-list.js';
import { onTableText } from '../verdicts/statement-facts.js';
import type { StatementAt } from './rule.js';

/** Something that a statement of the change does, with the place of the statement among all of them. */
export interface Placed<What> {
  readonly what: What;
  readonly by: StatementAt;
  readonly place: number;
  /** Statements of one migration with no COMMIT or ROLLBACK between them have the same: where they run in a transaction, it is the same one. */
  readonly stretch: number;
}

/** What rules about several statements look up, by table. */
export interface ChangeIndex {
  readonly places: ReadonlyMap<StatementAt, number>;
  readonly stretches: ReadonlyMap<StatementAt, number>;
  readonly addedColumns: ReadonlyMap<string, readonly Placed<Column>[]>;
  /** The same by table and type: `likeKey`. */
  readonly likeColumns: ReadonlyMap<string, readonly Placed<Column>[]>;
  readonly createdIndexes: ReadonlyMap<string, readonly Placed<Index>[]>;
  /** Columns that rows of a table are given, with the expression. */
  readonly filledColumns: ReadonlyMap<string, readonly Placed<readonly [column: string, value: string]>[]>;
  /** By migration. */
  readonly foreignKeys: ReadonlyMap<string, readonly Placed<ForeignKey>[]>;
  /** ALTER TABLE statements that read or write the table in full while writers wait. */
  readonly slowAlters: ReadonlyMap<string, readonly Placed<string>[]>;
}

const indexes = new WeakMap<readonly StatementAt[], ChangeIndex>();

/** The index of a change: made when the first rule asks for it, in one walk, and kept as long as the change is. */
export function changeIndex(change: readonly StatementAt[]): ChangeIndex {
  const known = indexes.get(change);
  if (known) return known;
  const places = new Map<StatementAt, number>();
  const stretches = new Map<StatementAt, number>();
  const addedColumns = new Map<string, Placed<Column>[]>();
  const likeColumns = new Map<string, Placed<Column>[]>();
  const createdIndexes = new Map<string, Placed<Index>[]>();
  const filledColumns = new Map<string, Placed<readonly [string, string]>[]>();
  const foreignKeys = new Map<string, Placed<ForeignKey>[]>();
  const slowAlters = new Map<string, Placed<string>[]>();
  let stretch = 0;
  for (const [place, by] of change.entries()) {
    places.set(by, place);
    if (by.migration !== change[place - 1]?.migration) stretch += 1;
    stretches.set(by, stretch);
    for (const operation of by.operations) {
      if (operation.type === 'controlTransaction' && (operation.action === 'commit' || operation.action === 'rollback')) stretch += 1;
      if (operation.type === 'addColumn') {
        const added = { what: operation.column, by, place, stretch };
        push(addedColumns, onTableText(operation), added);
        push(likeColumns, likeKey(onTableText(operation), operation.column.type), added);
      }
      if (operation.type === 'createIndex') push(createdIndexes, onTableText(operation), { what: operation.index, by, place, stretch });
      if (operation.type === 'updateRows' || operation.type === 'backfill')
        for (const what of Object.entries(operation.set ?? {})) push(filledColumns, onTableText(operation), { what, by, place, stretch });
      if (operation.type === 'addConstraint' && operation.constraint.type === 'foreignKey')
        push(foreignKeys, by.migration, { what: operation.constraint, by, place, stretch });
    }
    const [first] = by.operations;
    const { lock } = by.verdicts;
    if (!lock || !first || !alters.has(first.type)) continue;
    for (const relation of [...(lock.rewrites ?? []), ...(lock.scans ?? [])]) {
      const mode = lock.locks.find((held) => held.relation === relation)?.mode;
      if (mode !== undefined && blocksWriters(mode)) push(slowAlters, relation, { what: relation, by, place, stretch });
    }
  }
  const index = { places, stretches, addedColumns, likeColumns, createdIndexes, filledColumns, foreignKeys, slowAlters };
  indexes.set(change, index);
  return index;
}

/** Columns of a table whose types differ in length at most have the same. */
export function likeKey(relation: string, type: string): string {
  return `${relation}\u0000${(serialType(type) ?? type).replace(/\(.*$/, '')}`;
}

/** What one ALTER TABLE can hold together with others. */
const alters: ReadonlySet<string> = new Set([
  'addColumn',
  'addConstraint',
  'alterColumnType',
  'setNotNull',
  'dropColumn',
  'dropConstraint',
  'setDefault',
  'dropDefault',
  'dropNotNull',
]);

function push<What>(map: Map<string, Placed<What>[]>, key: string, item: Placed<What>): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
