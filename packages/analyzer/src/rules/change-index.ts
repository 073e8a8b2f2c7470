import type { Column, ForeignKey, Index, Operation } from '@planwright/spec';
import { serialType } from '../apply/written-type.js';
import { addToList } from '../lists-by-key.js';
import { blocksWriters } from '../lock-facts/postgresql/lock-list.js';
import { onTableText } from '../verdicts/statement-facts.js';
import type { StatementAt } from './rule.js';

/** Something that a statement of the change does. */
export interface Placed<What> {
  readonly what: What;
  readonly by: StatementAt;
}

/** What statements do, by a key: no list is made where none does it. */
class Lists<What> {
  #byKey: Map<string, Placed<What>[]> | undefined;

  add(key: string, what: What, by: StatementAt): void {
    this.#byKey ??= new Map();
    addToList(this.#byKey, key, { what, by });
  }

  /** In the order of statements. */
  get(key: string): readonly Placed<What>[] {
    return this.#byKey?.get(key) ?? [];
  }
}

/** What rules about several statements look up, by table. All of it is found in one walk. */
export class ChangeIndex {
  readonly addedColumns = new Lists<Column>();
  /** The same by table and type: `likeKey`. */
  readonly likeColumns = new Lists<Column>();
  readonly createdIndexes = new Lists<Index>();
  /** Columns that rows of a table are given, with the expression. */
  readonly filledColumns = new Lists<readonly [column: string, value: string]>();
  /** By migration. */
  readonly foreignKeys = new Lists<ForeignKey>();
  /** ALTER TABLE statements that read or write the table in full while writers wait. */
  readonly slowAlters = new Lists<string>();
  /** By the place of a statement: the same number for those of one migration that no COMMIT or ROLLBACK stands between. */
  readonly #stretches: number[] = [];

  constructor(change: readonly StatementAt[]) {
    let stretch = 0;
    let migration: string | undefined;
    for (const by of change) {
      if (by.migration !== migration) stretch += 1;
      migration = by.migration;
      this.#stretches.push(stretch);
      for (const operation of by.operations) {
        if (operation.type === 'controlTransaction' && (operation.action === 'commit' || operation.action === 'rollback')) stretch += 1;
        this.#note(operation, by);
      }
      this.#noteSlow(by);
    }
  }

  /** Whether both stand in one migration with no COMMIT or ROLLBACK between them: where they run in a transaction, it is the same one. */
  together(one: StatementAt, other: StatementAt): boolean {
    return this.#stretches[one.place] === this.#stretches[other.place];
  }

  #note(operation: Operation, by: StatementAt): void {
    switch (operation.type) {
      case 'addColumn':
        this.addedColumns.add(onTableText(operation), operation.column, by);
        this.likeColumns.add(likeKey(onTableText(operation), operation.column.type), operation.column, by);
        break;
      case 'createIndex':
        this.createdIndexes.add(onTableText(operation), operation.index, by);
        break;
      case 'updateRows':
      case 'backfill':
        for (const set of Object.entries(operation.set ?? {})) this.filledColumns.add(onTableText(operation), set, by);
        break;
      case 'addConstraint':
        if (operation.constraint.type === 'foreignKey') this.foreignKeys.add(by.migration, operation.constraint, by);
        break;
      default:
    }
  }

  #noteSlow(by: StatementAt): void {
    const [first] = by.operations;
    const { lock } = by.verdicts;
    if (!lock || !first || !alters.has(first.type)) return;
    for (const relation of [...(lock.rewrites ?? []), ...(lock.scans ?? [])]) {
      const mode = lock.locks.find((held) => held.relation === relation)?.mode;
      if (mode !== undefined && blocksWriters(mode)) this.slowAlters.add(relation, relation, by);
    }
  }
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
