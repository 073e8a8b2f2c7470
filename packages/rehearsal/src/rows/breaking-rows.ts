import type { Column, Constraint, ForeignKey, Index, Operation, Snapshot, Table } from '@planwright/spec';
import { constraintDefinition, writerOf } from '@planwright/sql';
import type { Engine } from '../engine.js';
import { columnWays } from './column-ways.js';
import { keySets } from './key-sets.js';
import { boundsWishes } from './partition-leaves.js';
import { qualified } from './qualified.js';
import { tableKey } from './table-order.js';
import { typeOf } from './type.js';
import { valuesOf } from './values-of.js';
import { waysOf } from './ways-of.js';
import { combined, type Way } from './wish.js';

export interface BreakingOptions {
  /** Rows to make; of duplicates, groups. */
  readonly count: number;
  /** Chooses the rows. */
  readonly seed: number;
}

/** Statements that turn rows which satisfy a step into rows that break it. */
export interface Breaking {
  /** Table whose rows are changed. */
  readonly table: string;
  /** To run before the step, in order, on tables that have rows. */
  readonly sql: readonly string[];
  /** Rows (of duplicates, groups) that break the step when they have run, where the table has twice as many. */
  readonly made: number;
  /** What these rows are: "3 rows of `orders` whose `total` is NULL". */
  readonly what: string;
  /** SQLSTATE with which the step is expected to fail. */
  readonly fails: string;
  /** Counts the rows that break it, where that is not said by how they were made. */
  readonly count?: string;
  /** Other statements for the same, where the database refuses the first. */
  readonly alternatives: readonly (readonly string[])[];
}

const { quoteIdentifier, quoteLiteral, quoteName } = writerOf('postgresql');

/** Writes what makes a step fail that depends on data. `snapshot` is the schema before the step. Undefined for steps that no row can break, and where no such row is known. */
export function breakingRows(snapshot: Snapshot, operation: Operation, options: BreakingOptions): Breaking | undefined {
  const breaker = breakerOf(snapshot, operation, options);
  return breaker?.ways();
}

/** Makes such rows in a database that has rows: tries one way after another until one changes as many rows as it should. What did not succeed is taken back. */
export async function breakRows(engine: Engine, snapshot: Snapshot, operation: Operation, options: BreakingOptions): Promise<Breaking | undefined> {
  const breaking = breakingRows(snapshot, operation, options);
  if (!breaking) return undefined;
  for (const sql of [breaking.sql, ...breaking.alternatives]) {
    const made = await allOrNone(engine, sql, breaking.count);
    if (made) return { ...breaking, sql, made: Math.min(made, breaking.made), alternatives: [] };
  }
  return undefined;
}

class Refused extends Error {}

/** The rows that the statements changed, or nothing when one was refused or none changed any. */
async function allOrNone(engine: Engine, statements: readonly string[], count?: string): Promise<number | undefined> {
  try {
    return await engine.transaction(async () => {
      const counted = async () => (count === undefined ? 0 : Number((await engine.query<{ readonly count: string }>(count))[0]?.count));
      const before = await counted();
      let changed = 0;
      for (const statement of statements) {
        const ran = await engine.run(statement);
        if (ran.error) throw new Refused(ran.error.message);
        if (statement.startsWith('UPDATE')) changed += ran.rows ?? 0;
      }
      if (changed === 0) throw new Refused('no rows');
      if (count !== undefined && (await counted()) - before !== changed) throw new Refused('rows that satisfy it');
      return changed;
    });
  } catch (thrown) {
    // A deferred constraint speaks at COMMIT: that is a refusal as well.
    if (thrown instanceof Error) return undefined;
    throw thrown;
  }
}

/** A label of an enum is looked up by its text. */
const byText = /^\(*"?[^"():]+"?\s*::\s*text\s*::\s*[\w".]+\)*$/i;

function breakerOf(snapshot: Snapshot, operation: Operation, options: BreakingOptions): Breaker | undefined {
  if (!('table' in operation) || typeof operation.table !== 'string') return undefined;
  const { table: name, schema } = operation as { readonly table: string; readonly schema?: string };
  const find = (key: string) => snapshot.tables.find((found) => tableKey(found) === key);
  const table = find(tableKey({ schema, name }));
  if (!table) return undefined;
  const breaker = (what: Breaks, on: Table = table) => new Breaker(snapshot, on, options, what);
  switch (operation.type) {
    case 'setNotNull':
      return breaker({ kind: 'null', columns: [operation.column] });
    case 'addConstraint':
      return breaker({ kind: 'constraint', constraint: operation.constraint });
    case 'validateConstraint': {
      const constraint = table.constraints?.find((found) => found.name === operation.name);
      return constraint && breaker({ kind: 'constraint', constraint, standing: true });
    }
    case 'createIndex':
      return operation.index.unique ? breaker({ kind: 'index', index: operation.index }) : undefined;
    case 'alterColumnType':
      return operation.using === undefined || byText.test(operation.using) ? breaker({ kind: 'type', column: operation.column, to: operation.to }) : undefined;
    case 'attachPartition': {
      const partition = find(tableKey({ schema: operation.partition.schema, name: operation.partition.table }));
      return partition && operation.bounds !== undefined ? breaker({ kind: 'bounds', parent: table, bounds: operation.bounds }, partition) : undefined;
    }
    default:
      return undefined;
  }
}

type Breaks =
  | { readonly kind: 'null'; readonly columns: readonly string[] }
  /** `standing`: it is there, NOT VALID, and must be away for a moment. */
  | { readonly kind: 'constraint'; readonly constraint: Constraint; readonly standing?: true }
  | { readonly kind: 'index'; readonly index: Index }
  | { readonly kind: 'type'; readonly column: string; readonly to: string }
  | { readonly kind: 'bounds'; readonly parent: Table; readonly bounds: string };

interface Change {
  readonly what: string;
  readonly fails: string;
  readonly count?: string;
  /** Each is one UPDATE. */
  readonly updates: readonly string[];
}

class Breaker {
  readonly #name: string;
  readonly #count: number;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly table: Table,
    private readonly options: BreakingOptions,
    private readonly what: Breaks,
  ) {
    this.#name = qualified(table, snapshot);
    this.#count = options.count;
  }

  ways(): Breaking | undefined {
    const change = this.change();
    const [first, ...others] = change?.updates ?? [];
    if (!change || first === undefined) return undefined;
    const around = (update: string) => this.without(update);
    return {
      table: tableKey(this.table),
      sql: around(first),
      made: this.#count,
      what: change.what,
      fails: change.fails,
      ...(change.count !== undefined && { count: change.count }),
      alternatives: others.map(around),
    };
  }

  /** A constraint that is NOT VALID refuses new rows all the same. */
  private without(update: string): readonly string[] {
    if (this.what.kind !== 'constraint' || !this.what.standing) return [update];
    const { constraint } = this.what;
    return [
      `ALTER TABLE ${this.#name} DROP CONSTRAINT ${quoteIdentifier(constraint.name ?? '')}`,
      update,
      `ALTER TABLE ${this.#name} ADD ${constraintDefinition(constraint)}`,
    ];
  }

  private change(): Change | undefined {
    const { what } = this;
    switch (what.kind) {
      case 'null':
        return this.nulls(what.columns);
      case 'type':
        return this.misfits(what.column, what.to);
      case 'index': {
        const [columns = []] = keySets({ ...this.table, constraints: [], indexes: [what.index] }, undefined);
        return this.duplicates(columns, what.index.where, '23505', 'the same key');
      }
      case 'bounds':
        return this.outside(what.parent, what.bounds);
      case 'constraint':
        return this.against(what.constraint);
    }
  }

  private against(constraint: Constraint): Change | undefined {
    switch (constraint.type) {
      case 'primaryKey':
      case 'unique':
        return this.duplicates(constraint.columns, undefined, '23505', 'the same key');
      case 'exclusion':
        return this.duplicates(constraint.columns ?? [], undefined, '23P01', 'values that exclude each other');
      case 'foreignKey':
        return this.orphans(constraint);
      case 'check':
        return this.violations(constraint.expression);
    }
  }

  private column(name: string): Column | undefined {
    return this.table.columns.find((column) => column.name === name);
  }

  private rowsOf(): string {
    return `${this.#count} ${this.#count === 1 ? 'row' : 'rows'} of \`${tableKey(this.table)}\``;
  }

  /** Some rows, numbered from 1, in an order that the seed gives. */
  private some(where: string, limit: number, columns: readonly string[] = []): string {
    const primary = this.table.constraints?.find((constraint) => constraint.type === 'primaryKey')?.columns;
    const order = primary
      ? `hashtextextended(ROW(${primary.map((column) => `r.${quoteIdentifier(column)}`).join(', ')})::text, ${this.options.seed})`
      : 'r.tableoid, r.ctid';
    const read = columns.map((column) => `, r.${quoteIdentifier(column)}`).join('');
    return `(SELECT r.tableoid AS "o#", r.ctid AS "i#", row_number() OVER (ORDER BY ${order}) AS "n#"${read} FROM ${this.#name} AS r WHERE ${where} ORDER BY "n#" LIMIT ${limit})`;
  }

  private update(set: Readonly<Record<string, string>>, where = 'true'): string {
    const assigned = Object.entries(set).map(([column, value]) => `${quoteIdentifier(column)} = ${value}`);
    return `UPDATE ${this.#name} AS t SET ${assigned.join(', ')} FROM ${this.some(where, this.#count)} AS x WHERE t.tableoid = x."o#" AND t.ctid = x."i#"`;
  }

  private nulls(columns: readonly string[]): Change | undefined {
    const free = columns.filter((name) => this.column(name) && !this.column(name)?.notNull && !this.column(name)?.generated);
    const [name] = free;
    if (name === undefined) return undefined;
    return {
      what: `${this.rowsOf()} whose \`${name}\` is NULL`,
      fails: '23502',
      updates: [this.update({ [name]: 'NULL' }, `r.${quoteIdentifier(name)} IS NOT NULL`), this.update({ [name]: 'NULL' })],
    };
  }

  private duplicates(columns: readonly string[], where: string | undefined, fails: string, what: string): Change | undefined {
    const settable = columns.filter((name) => this.column(name) && !this.column(name)?.generated);
    if (settable.length === 0 || settable.length < columns.length) return undefined;
    const held = settable.map((name) => `r.${quoteIdentifier(name)} IS NOT NULL`).join(' AND ');
    const condition = where === undefined ? held : `${held} AND (${where})`;
    // The first of the rows get the keys of those that follow: as many groups of two.
    const rows = this.some(condition, this.#count * 2, settable);
    const set = settable.map((name) => `${quoteIdentifier(name)} = y.${quoteIdentifier(name)}`).join(', ');
    return {
      what: `${this.#count} pairs of rows of \`${tableKey(this.table)}\` with ${what} (${settable.map((name) => `\`${name}\``).join(', ')})`,
      fails,
      updates: [
        `UPDATE ${this.#name} AS t SET ${set} FROM ${rows} AS x JOIN ${rows} AS y ON y."n#" = x."n#" + ${this.#count} WHERE x."n#" <= ${this.#count} AND t.tableoid = x."o#" AND t.ctid = x."i#"`,
      ],
    };
  }

  private orphans(key: ForeignKey): Change | undefined {
    const target = this.snapshot.tables.find((found) => tableKey(found) === tableKey({ schema: key.references.schema, name: key.references.table }));
    const referenced = key.references.columns ?? target?.constraints?.find((constraint) => constraint.type === 'primaryKey')?.columns ?? [];
    const updates: string[] = [];
    for (const [place, name] of key.columns.entries()) {
      const column = this.column(name);
      const to = referenced[place];
      if (!column || column.generated || to === undefined) continue;
      const others = key.columns.filter((other) => other !== name).map((other) => `r.${quoteIdentifier(other)} IS NOT NULL`);
      const missing = this.missing(column, `${quoteName([key.references.schema ?? this.snapshot.defaultSchema ?? 'public', key.references.table])}`, to);
      if (missing !== undefined) updates.push(this.update({ [name]: missing }, others.length === 0 ? 'true' : others.join(' AND ')));
    }
    return { what: `${this.rowsOf()} that refer to no row of \`${key.references.table}\``, fails: '23503', updates };
  }

  /** A value that the referenced column does not hold. */
  private missing(column: Column, from: string, to: string): string | undefined {
    const type = typeOf(column.type, this.snapshot);
    if (/^(smallint|integer|bigint|numeric)$/.test(type.base))
      return `((SELECT least(coalesce(min(${quoteIdentifier(to)}), 0), 0) FROM ${from}) - x."n#")::${column.type}`;
    const values = valuesOf(type, {}, { column: column.name, snapshot: this.snapshot, mark: 'gone' });
    if (values.guessed || values.count < 10000) return undefined;
    return values.nth(values.count === Number.POSITIVE_INFINITY ? '(900000000 + x."n#")' : `(${Math.min(values.count, 1e9) - 1} - x."n#")`);
  }

  private violations(expression: string): Change | undefined {
    const without = {
      ...this.table,
      constraints:
        this.table.constraints?.filter(
          (constraint) => this.what.kind !== 'constraint' || constraint.name === undefined || constraint.name !== this.what.constraint.name,
        ) ?? [],
    };
    const kept = columnWays({ ...without, columns: without.columns }, this.snapshot, undefined, undefined);
    const updates: string[] = [];
    const against = waysOf(expression, false);
    // Those that were understood first.
    const all = [...combined(against, kept), ...against].sort((one, other) => Number(one.unsure) - Number(other.unsure));
    for (const way of all) {
      const set = this.settled(way, against);
      if (set && Object.keys(set).length > 0) updates.push(this.update(set));
    }
    return {
      what: `${this.rowsOf()} for which \`${expression}\` is false`,
      fails: '23514',
      count: `SELECT count(*)::text AS count FROM ${this.#name} WHERE NOT (${expression})`,
      updates: [...new Set(updates)].slice(0, 24),
    };
  }

  /** What to set so that a way's wishes come true, for the columns that the condition speaks of. */
  private settled(way: Way, asked: readonly Way[]): Readonly<Record<string, string>> | undefined {
    const set: Record<string, string> = {};
    const speaks = new Set(asked.flatMap(({ wishes }) => [...wishes.keys()]));
    for (const [name, wish] of way.wishes) {
      if (!speaks.has(name)) continue;
      const column = this.column(name);
      if (!column || column.generated) return undefined;
      if (wish.presence === 'null') {
        if (column.notNull) return undefined;
        set[name] = 'NULL';
        continue;
      }
      const { presence, ...rest } = wish;
      if (Object.keys(rest).length === 0 && presence === 'not null') {
        // Any value will do: the row's own, or a new one where it has none.
        const values = valuesOf(typeOf(column.type, this.snapshot), {}, { column: name, snapshot: this.snapshot, mark: 'odd' });
        if (!values.guessed && !way.relations.some(({ lesser, greater }) => lesser === name || greater === name))
          set[name] = `coalesce(t.${quoteIdentifier(name)}, ${this.nth(values)})`;
        continue;
      }
      const values = valuesOf(typeOf(column.type, this.snapshot), wish, { column: name, snapshot: this.snapshot, mark: 'odd' });
      if (values.guessed) return undefined;
      set[name] = wish.low || wish.high || wish.oneOf ? values.nth(`(x."n#" % ${Math.max(1, Math.min(values.count, 1000))})`) : this.nth(values);
    }
    for (const { lesser, greater, how } of way.relations) {
      const column = this.column(greater);
      if (!column || column.generated) return undefined;
      const value = `t.${quoteIdentifier(lesser)}`;
      const type = typeOf(column.type, this.snapshot);
      if (how === 'equal' || how === 'or equal') set[greater] = value;
      else if (/^(smallint|integer|bigint|numeric|real|double precision|date)$/.test(type.base)) set[greater] = `${value} + 1`;
      else if (/^timestamp|^interval/.test(type.base)) set[greater] = `${value} + interval '1 day'`;
      else if (/^(text|varchar|citext)$/.test(type.base)) set[greater] = `${value} || 'z'`;
      else return undefined;
    }
    return set;
  }

  private nth(values: ReturnType<typeof valuesOf>): string {
    return values.nth(values.count === Number.POSITIVE_INFINITY ? '(800000000 + x."n#")' : `(x."n#" % ${Math.max(1, Math.min(values.count, 1e9))})`);
  }

  private misfits(name: string, to: string): Change | undefined {
    const column = this.column(name);
    if (!column || column.generated) return undefined;
    const [from, target] = [typeOf(column.type, this.snapshot), typeOf(to, this.snapshot)];
    const change = (what: string, fails: string, value: string): Change => ({
      what: `${this.rowsOf()} whose \`${name}\` ${what}`,
      fails,
      updates: [this.update({ [name]: `(${value})::${column.type}` })],
    });
    const textual = /^(text|varchar|char|citext)$/;
    const largest: Readonly<Record<string, string>> = { smallint: '32767', integer: '2147483647', bigint: '9223372036854775807' };
    if (from.array || target.array) return undefined;
    if (textual.test(from.base)) {
      const limit = target.base === 'char' ? (target.modifiers[0] ?? 1) : target.modifiers[0];
      if (textual.test(target.base))
        return limit === undefined ? undefined : change(`has more than ${limit} characters`, '22001', `rpad('x' || x."n#", ${limit + 1}, 'y')`);
      return change(`is no ${to}`, target.base === 'date' || target.base.startsWith('timestamp') ? '22007' : '22P02', `'no ' || x."n#"`);
    }
    if (from.labels) {
      const lost = target.labels && from.labels.find((label) => !target.labels?.includes(label));
      return lost === undefined ? undefined : change(`is ${quoteLiteral(lost)}`, '22P02', quoteLiteral(lost));
    }
    const limit = largest[target.base];
    const larger = /^(integer|bigint|numeric|real|double precision)$/.test(from.base);
    if (limit !== undefined && larger && from.base !== target.base && Object.keys(largest).indexOf(from.base) !== 0)
      return Object.keys(largest).includes(from.base) && Object.keys(largest).indexOf(from.base) < Object.keys(largest).indexOf(target.base)
        ? undefined
        : change(`does not fit ${to}`, '22003', `${limit}::numeric + x."n#"`);
    if (target.base === 'numeric' && target.modifiers[0] !== undefined && /^(smallint|integer|bigint|numeric)$/.test(from.base))
      return change(`does not fit ${to}`, '22003', `1e${target.modifiers[0] - (target.modifiers[1] ?? 0)} + x."n#"`);
    return undefined;
  }

  private outside(parent: Table, bounds: string): Change | undefined {
    const updates: string[] = [];
    for (const [name, wish] of boundsWishes(parent, bounds)) {
      const column = this.column(name);
      if (!column) continue;
      // The upper bound itself is outside.
      if (wish.high) updates.push(this.update({ [name]: `(${wish.high.sql})::${column.type}` }));
      else if (wish.oneOf || wish.low) {
        const values = valuesOf(
          typeOf(column.type, this.snapshot),
          { ...(wish.oneOf ? { not: wish.oneOf } : { high: { ...(wish.low ?? { sql: '0' }), included: false } }) },
          { column: name, snapshot: this.snapshot, mark: 'out' },
        );
        if (!values.guessed) updates.push(this.update({ [name]: this.nth(values) }));
      }
    }
    return { what: `${this.rowsOf()} outside the bounds \`${bounds}\``, fails: '23514', updates };
  }
}
