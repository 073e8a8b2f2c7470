import type { Column, Snapshot, Table } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import { qualified } from '../qualified.js';
import { primaryKeyOf } from '../references.js';
import { tableKey } from '../table-order.js';
import { type Type, typeOf } from '../type.js';
import { endless, type Values } from '../values.js';
import { valuesOf } from '../values-of.js';
import type { Wish } from '../wish.js';

const { quoteIdentifier } = writerOf('postgresql');

export interface BreakingOptions {
  /** Rows to make; of duplicates, groups. */
  readonly count: number;
  /** Chooses the rows. */
  readonly seed: number;
}

/** How rows are changed so that they break a step; `what`, `fails` and `count` as `Breaking` has them. */
export interface RowChange {
  readonly what: string;
  readonly fails: string;
  readonly count?: string;
  /** Each is one UPDATE, and does it alone. */
  readonly updates: readonly string[];
}

/** A table some of whose rows are to break a step. */
export class BrokenTable {
  readonly key: string;
  /** Its name as SQL. */
  readonly name: string;
  readonly count: number;
  readonly #seed: number;

  constructor(
    readonly snapshot: Snapshot,
    readonly table: Table,
    { count, seed }: BreakingOptions,
  ) {
    this.key = tableKey(table);
    this.name = qualified(table, snapshot);
    this.count = count;
    this.#seed = seed;
  }

  /** "3 rows of `orders`". */
  get rows(): string {
    return `${this.count} ${this.count === 1 ? 'row' : 'rows'} of \`${this.key}\``;
  }

  /** A column that can be set. */
  settable(name: string): Column | undefined {
    const column = this.column(name);
    return column?.generated ? undefined : column;
  }

  column(name: string): Column | undefined {
    return this.table.columns.find((column) => column.name === name);
  }

  typeOf({ type }: Column): Type {
    return typeOf(type, this.snapshot);
  }

  /** Values of a column that fulfil a wish; `mark` keeps them apart from those that are there. */
  valuesOf(column: Column, wish: Wish, mark: string): Values {
    return valuesOf(this.typeOf(column), wish, { column: column.name, snapshot: this.snapshot, mark });
  }

  /** Some rows under the names "o#" and "i#", numbered from 1 by "n#", in an order that the seed gives. */
  some(where: string, limit: number, columns: readonly string[] = []): string {
    const primary = primaryKeyOf(this.table);
    const order = primary
      ? `hashtextextended(ROW(${primary.map((column) => `r.${quoteIdentifier(column)}`).join(', ')})::text, ${this.#seed})`
      : 'r.tableoid, r.ctid';
    const read = columns.map((column) => `, r.${quoteIdentifier(column)}`).join('');
    return `(SELECT r.tableoid AS "o#", r.ctid AS "i#", row_number() OVER (ORDER BY ${order}) AS "n#"${read} FROM ${this.name} AS r WHERE ${where} ORDER BY "n#" LIMIT ${limit})`;
  }

  /** Sets columns in some rows; a value may read its row as `t`, and its number as `x."n#"`. */
  update(set: Readonly<Record<string, string>>, where = 'true'): string {
    const assigned = Object.entries(set).map(([column, value]) => `${quoteIdentifier(column)} = ${value}`);
    return `UPDATE ${this.name} AS t SET ${assigned.join(', ')} FROM ${this.some(where, this.count)} AS x WHERE t.tableoid = x."o#" AND t.ctid = x."i#"`;
  }
}

/** SQL of a row's own value, far from those that rows are made with. */
export function ownValue(values: Values): string {
  return values.nth(values.count === endless ? '(800000000 + x."n#")' : `(x."n#" % ${Math.max(1, Math.min(values.count, 1e9))})`);
}
