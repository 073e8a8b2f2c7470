import type { Column, Table } from '@planwright/spec';
import { keySets } from '../key-sets.js';
import { endless, type Values } from '../values.js';
import type { ColumnValues } from './column-values.js';
import type { KeyPlaces } from './key-places.js';
import { laterColumn } from './later-type.js';
import type { Parents } from './parents.js';
import type { Wanted } from './wanted.js';

/** Values that may do for a type that nobody knows. */
export const guesses = ["''", "'0'", "'{}'", "'1'", "'[]'", "'a'", "'2026-01-01'"];

/** What the rows get in columns that no parent gives. */
export class ColumnSql {
  readonly #inKey: ReadonlySet<string>;
  /** Columns that a check or a partition asks something of. */
  readonly #tested: ReadonlySet<string>;
  readonly #mentioned: ReadonlySet<string>;

  constructor(
    private readonly wanted: Wanted,
    private readonly parents: Parents,
    private readonly places: KeyPlaces,
    private readonly values: ColumnValues,
  ) {
    this.#inKey = new Set(keySets(wanted.table, wanted.after).flat());
    this.#tested = new Set([...wanted.way.wishes.keys(), ...wanted.leaves.flatMap((leaf) => [...leaf.keys()])]);
    this.#mentioned = mentionedIn(wanted.table);
  }

  /** SQL of the column's value, by the row's number `g`; undefined where it is left to its default. */
  of(column: Column): string | undefined {
    const { attempt } = this.wanted;
    const { name } = column;
    const wish = this.wanted.wishOf(column);
    const must = wish.presence === 'not null';
    const byDefault = column.default !== undefined;
    if (wish.presence === 'null' || attempt.nulls?.has(name)) return 'NULL';
    if (this.parents.waiting.has(name) && !must) return 'NULL';
    if (attempt.defaults?.has(name) && byDefault) return undefined;
    if (attempt.bare && !this.#tested.has(name) && !this.#inKey.has(name) && (byDefault || !must)) return undefined;
    const choices = this.values.of(column);
    if (choices.some(({ guessed }) => guessed) && !wish.oneOf) {
      if (byDefault) return undefined;
      return must ? `${guesses[(attempt.guess ?? 0) % guesses.length]}::${column.type}` : 'NULL';
    }
    const made = choices.map((values) => this.#one(name, values));
    // Rows go to the partitions in turn.
    const sql =
      made.length === 1 ? (made[0] ?? 'NULL') : `CASE (g - 1) % ${made.length} ${made.map((value, leaf) => `WHEN ${leaf} THEN ${value}`).join(' ')} END`;
    return must || !this.#mayBeNull(column) ? sql : `CASE WHEN ${this.wanted.random(name, 'null')} % 10 <> 0 THEN ${sql} END`;
  }

  #one(name: string, { count, nth, some }: Values): string {
    const place = this.places.of.get(name);
    if (place !== undefined) return nth(place);
    const random = this.wanted.random(name);
    return some ? some(random) : nth(`(${random} % ${count === endless ? 1000000 : Math.floor(Math.min(count, 1000000))})`);
  }

  /** Whether one row of ten may go without a value: nothing reads the column that minds. */
  #mayBeNull(column: Column): boolean {
    const minds = [this.#inKey, this.#tested, this.#mentioned].some((names) => names.has(column.name));
    return !minds && !this.wanted.attempt.full && laterColumn(column, this.wanted.after)?.notNull !== true;
  }
}

/** Columns that checks speak of: they get a value always, unless a way asks for NULL. */
function mentionedIn(table: Table): ReadonlySet<string> {
  return new Set((table.constraints ?? []).flatMap((constraint) => (constraint.type === 'check' ? (constraint.columns ?? []) : [])));
}
