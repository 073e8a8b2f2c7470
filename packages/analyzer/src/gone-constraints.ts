import type { Constraint } from '@planwright/spec';
import { onTableText } from './verdicts/statement-facts.js';

type On = { readonly schema?: string; readonly table: string };

/** A constraint that an earlier statement of the change has dropped. */
export interface GoneConstraint {
  readonly constraint: Constraint;
  /** Nobody has written a row since: its lock still lets no one, and neither has the migration itself. */
  readonly held: boolean;
}

/** Constraints that a change has dropped before one of its statements. */
export interface GoneConstraints {
  /** The last one of the kind and columns of another. */
  like(on: On, constraint: Constraint): GoneConstraint | undefined;
}

export const noneGone: GoneConstraints = { like: () => undefined };

interface Entry {
  readonly constraint: Constraint;
  readonly statement: number;
  readonly rows: number;
}

/** What a change drops, statement by statement, as `MadeLog` keeps what it makes. */
export class GoneLog {
  /** By table, kind and columns, in the order of statements. */
  readonly #entries = new Map<string, Entry[]>();
  /** How often rows may have become others. */
  #rows = 0;

  /** `earlier`: what earlier migrations of the change have dropped. */
  constructor(private readonly earlier: GoneConstraints) {}

  drops(on: On, constraint: Constraint, statement: number): void {
    const key = keyOf(on, constraint);
    const known = this.#entries.get(key) ?? [];
    known.push({ constraint, statement, rows: this.#rows });
    this.#entries.set(key, known);
  }

  /** Rows may be others from here on: the transaction has ended, or a statement writes some. */
  rowsChange(): void {
    this.#rows++;
  }

  /** What was dropped before a statement. */
  upTo(statement: number): GoneConstraints {
    if (this.#entries.size === 0) return this.earlier;
    const rows = this.#rows;
    return {
      like: (on, constraint) => {
        const found = lastBefore(this.#entries.get(keyOf(on, constraint)) ?? [], statement);
        if (found) return { constraint: found.constraint, held: found.rows === rows };
        return this.earlier.like(on, constraint);
      },
    };
  }

  /** All of it, for the migrations that follow. */
  all(): GoneConstraints {
    this.rowsChange();
    return this.upTo(Number.POSITIVE_INFINITY);
  }
}

function keyOf(on: On, { type, columns = [] }: Constraint): string {
  return `${onTableText(on)} ${type} ${[...columns].sort().join()}`;
}

/** The last entry of a statement before another: by halves, since a file may drop a constraint as often as it likes. */
function lastBefore(entries: readonly Entry[], statement: number): Entry | undefined {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.statement ?? 0) < statement) low = middle + 1;
    else high = middle;
  }
  return entries[low - 1];
}
