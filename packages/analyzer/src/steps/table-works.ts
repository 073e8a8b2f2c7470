import type { Operation, Table } from '@planwright/spec';
import { mentions, mentionsColumn } from '../expression-names.js';
import type { On } from '../lock-facts/postgresql/surroundings.js';
import { onTableText } from '../verdicts/statement-facts.js';
import { columnIn, onOf, tableIn, tableOn } from './asked.js';
import { buildOnEachOther, hasKey, isOfEveryRow } from './batches.js';
import type { Fill, Mirror, TableWork } from './mirror.js';
import type { PlacedStatement, SchemasAround } from './placed-statement.js';
import { isSmall } from './quick.js';
import { isLastOnRows, type RowOrder, writesRows } from './row-order.js';
import type { Again } from './staying.js';
import type { WholeChange } from './whole-change.js';
import type { Wishes } from './wishes.js';

/** What a statement leaves to the work of whole tables. */
export interface LeftToTables {
  readonly mirrors: readonly { readonly on: On; readonly mirror: Mirror }[];
  readonly fills: readonly { readonly on: On; readonly fill: Fill }[];
}

/** The work of a table with the table as it was when steps first came to it. */
export interface PlannedWork {
  readonly work: TableWork;
  readonly table: Table | undefined;
  /** Everything happens at once on it. */
  readonly small: boolean;
}

/** The work of every table, as statement after statement adds to it. */
export class TableWorks {
  readonly #change: WholeChange;
  readonly #wishes: Wishes;
  readonly #rows: RowOrder;
  readonly #works = new Map<string, TableWork>();
  readonly #tables = new Map<string, Table | undefined>();
  readonly #small = new Set<string>();
  /** Names of what replaces columns (`orders.total_cents`) under their own name, while both are there. */
  readonly #interim = new Map<string, string>();
  /** Tables with a column that rows written in one statement need in its new type. */
  readonly #needed = new Set<string>();

  constructor(change: WholeChange, wishes: Wishes, rows: RowOrder) {
    this.#change = change;
    this.#wishes = wishes;
    this.#rows = rows;
  }

  /** Tables on which everything happens at once. */
  get small(): ReadonlySet<string> {
    return this.#small;
  }

  /** The name of a column while the one that replaces it stands beside it. */
  interim(on: On, column: string): string {
    return this.#interim.get(`${onTableText(on)}.${column}`) ?? column;
  }

  /** Why a fill cannot be one of the batches of its table. */
  against(operation: Operation, on: On, fill: Fill, schemas: SchemasAround): string | undefined {
    return (
      this.#meetsOldType(on, fill) ?? (operation.type === 'updateRows' ? this.#againstBatches(on, fill, schemas) : undefined) ?? this.#rows.against(on, fill)
    );
  }

  /** Steps stand for a statement: what they leave is added to the work of its tables. */
  goesBySteps({ id, operations, findings }: PlacedStatement, { mirrors, fills }: LeftToTables, schemas: SchemasAround): void {
    const [finding] = findings;
    const origin = { from: id, ...(finding && { rule: finding.rule }) };
    for (const { on, mirror } of mirrors) {
      this.#workOf(on).mirrors.push({ mirror, ...origin });
      if (mirror.oldAfterSwap !== undefined) this.#interim.set(`${onTableText(on)}.${mirror.old}`, mirror.interim);
    }
    for (const { on, fill } of fills) {
      this.#rows.fills(on, fill);
      const work = this.#workOf(on);
      work.fills.push({ fill, ...origin });
      work.followers.push(...this.#followers(work, fill, schemas).map((follower) => ({ follower, ...origin })));
    }
    for (const on of operations.flatMap((operation) => tableOn(operation) ?? [])) {
      const name = onTableText(on);
      if (isSmall(name, this.#wishes)) this.#small.add(name);
      if (!this.#tables.has(name)) this.#tables.set(name, tableIn(schemas.start, on) ?? tableIn(schemas.before, on));
    }
  }

  /**
   * Whether a statement that stays as written can wait until old columns are gone: values of their new types are possible from then on. One that writes such
   * values and cannot wait needs the columns to be changed in their place.
   */
  waitsForCleanup(statement: PlacedStatement): boolean {
    if (!statement.operations.some(writesRows)) return false;
    const retyped = [...this.#interim.keys()].filter((name) => mentionsColumn(statement.text, name));
    if (retyped.length === 0) return false;
    if (isLastOnRows(statement, this.#change.statements)) return true;
    for (const name of retyped) this.#needed.add(tablePart(name));
    return false;
  }

  /** What has to stay as written, once every statement has been decided. `retyped` holds the columns that others were to replace under their own name. */
  again(retyped: ReadonlySet<string>): Again | undefined {
    const reason = 'a later statement writes rows with a column in its new type';
    if (this.#needed.size > 0) return { again: { tables: new Map([...this.#needed].map((table) => [table, reason] as const)) } };
    // Other recipes have counted on columns that are replaced.
    const columns = new Set([...retyped].filter((name) => !this.#interim.has(name)));
    return columns.size > 0 ? { again: { columns } } : undefined;
  }

  planned(): readonly PlannedWork[] {
    return [...this.#works].map(([name, work]) => ({ work, table: this.#tables.get(name), small: this.#small.has(name) }));
  }

  #workOf(on: On): TableWork {
    const name = onTableText(on);
    const known = this.#works.get(name) ?? { on: onOf(on), mirrors: [], followers: [], fills: [] };
    this.#works.set(name, known);
    return known;
  }

  /** Filled columns that are made of others which the change drops; a trigger tells a value from its row alone. */
  #followers({ on, mirrors }: TableWork, fill: Fill, { before }: SchemasAround): readonly TableWork['followers'][number]['follower'][] {
    const { set, where, reads } = fill;
    if (reads) return [];
    const known = tableIn(before, on)?.columns ?? [];
    const condition = isOfEveryRow(fill) ? undefined : where;
    return Object.entries(set).flatMap(([column, value]) => {
      const names = known.flatMap(({ name }) => (mentions(value, name) || (condition !== undefined && mentions(condition, name)) ? [name] : []));
      const sources = names.filter((name) => this.#change.dropped.has(`${onTableText(on)}.${name}`) && columnIn(this.#change.before, on, name));
      // What is made of its own former value would grow with each write.
      if (sources.length === 0 || mentions(value, column) || mirrors.some(({ mirror }) => mirror.interim === column)) return [];
      const { type, default: initial } = columnIn(before, on, column) ?? {};
      return [
        {
          column,
          value,
          sources,
          reads: names,
          isNew: columnIn(this.#change.before, on, column) === undefined,
          ...(condition === undefined ? {} : { where: condition }),
          ...(type === undefined ? {} : { type }),
          ...(initial === undefined ? {} : { default: initial }),
        },
      ];
    });
  }

  /** Batches run before the column of the new type takes the old one's name. */
  #meetsOldType(on: On, { set, where, reads = [] }: Fill): string | undefined {
    const tables = [onTableText(on), ...reads];
    const text = ['UPDATE', on.table, 'SET', ...Object.keys(set), ...Object.values(set), where].join(' ');
    const name = [...this.#interim.keys()].find((one) => tables.includes(tablePart(one)) && mentionsColumn(text, one));
    return name === undefined ? undefined : `an earlier statement changes the type of \`${name}\`, and batches would meet the old one`;
  }

  /** Why an UPDATE cannot be one of the batches of its table: the others still can. */
  #againstBatches(on: On, fill: Fill, { start, before }: SchemasAround): string | undefined {
    const name = onTableText(on);
    const table = this.#tables.get(name) ?? tableIn(start, on) ?? tableIn(before, on);
    if (!hasKey(table) && !isSmall(name, this.#wishes)) return `\`${on.table}\` has no primary key to go by in batches`;
    const known = this.#works.get(name)?.fills ?? [];
    return buildOnEachOther([...known, { fill, from: '' }])
      ? 'it reads or replaces the values that an earlier statement gives, and one pass over the rows would not end as the two do'
      : undefined;
  }
}

/** `orders` of `orders.total_cents`. */
function tablePart(column: string): string {
  return column.slice(0, column.lastIndexOf('.'));
}
