import type { Column } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import { type Type, typeOf } from '../type.js';
import { castTo, type Values } from '../values.js';
import { valuesOf } from '../values-of.js';
import { joined, type Wish } from '../wish.js';
import { laterColumn, narrowerType } from './later-type.js';
import type { Wanted } from './wanted.js';

const { quoteIdentifier } = writerOf('postgresql');

/** Values for the columns of a table. */
export class ColumnValues {
  readonly #known = new Map<string, readonly Values[]>();
  readonly #mark: string;

  constructor(private readonly wanted: Wanted) {
    // Rows of an earlier filling have the marks of theirs.
    this.#mark = (wanted.salt(String(wanted.present)) % 65536).toString(16);
  }

  /** Values of a column, one for each partition where the partitions' key holds it. */
  of(column: Column): readonly Values[] {
    const known = this.#known.get(column.name) ?? this.#made(column);
    this.#known.set(column.name, known);
    return known;
  }

  #made(column: Column): readonly Values[] {
    const { wanted } = this;
    const spelling = narrowerType(column.type, laterColumn(column, wanted.after)?.type);
    const type = this.#typeOf(column, spelling);
    return this.#wishes(column).map((wish) => {
      const values = valuesOf(type, wish, this.#about(column.name));
      return spelling === column.type ? values : castTo(column.type, values);
    });
  }

  #wishes(column: Column): readonly Wish[] {
    const { wanted } = this;
    const wish = wanted.wishOf(column);
    if (!wanted.partsBy(column.name)) return [wish];
    // Where a check seems to contradict the bounds, one was misread: rows must find a partition.
    return wanted.leaves.map((leaf) => joined(wish, leaf.get(column.name) ?? {}) ?? leaf.get(column.name) ?? {});
  }

  #typeOf(column: Column, spelling: string): Type {
    const { snapshot, after, filling } = this.wanted;
    const { satisfying = snapshot } = filling;
    const type = typeOf(spelling, spelling === column.type ? snapshot : satisfying);
    const later = laterColumn(column, after);
    const labels = later && type.labels && typeOf(later.type, satisfying).labels;
    const kept = labels && type.labels?.filter((label) => labels.includes(label));
    // The labels only that it still has later.
    return kept && kept.length > 0 ? { ...type, labels: kept } : type;
  }

  #about(column: string) {
    const { attempt, single, snapshot, present, name } = this.wanted;
    const taken = present > 0 || attempt.numbered === true || single !== undefined;
    return {
      column,
      snapshot,
      mark: this.#mark,
      ...(attempt.digits && { digits: true }),
      ...(taken && { after: `(SELECT coalesce(max(${quoteIdentifier(column)}), 0) FROM ${name})` }),
    };
  }
}
