import type { Constraint } from '@planwright/spec';
import { firstIndex } from './first-index.js';
import { addToList } from './lists-by-key.js';
import type { On } from './lock-facts/postgresql/surroundings.js';
import { inAnyOrder, onTableText } from './verdicts/statement-facts.js';

/** A constraint that an earlier statement of the change has dropped. */
export interface GoneConstraint {
  readonly constraint: Constraint;
  /** Nobody has written a row since: its lock still lets no one, and neither has the migration itself. */
  readonly held: boolean;
}

/** Constraints that a change has dropped before one of its statements. */
export interface GoneConstraints {
  /** The last one of the kind and columns of another; where that keeps rows apart, also one of some of its columns. */
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
  #entries: Map<string, Entry[]> | undefined;
  /** How often rows may have become others. */
  #rows = 0;

  /** `earlier`: what earlier migrations of the change have dropped. */
  constructor(private readonly earlier: GoneConstraints) {}

  drops(on: On, constraint: Constraint, statement: number): void {
    const [key] = isKey(constraint) ? keysIn(on, [[...constraint.columns].sort()[0] ?? '']) : [keyOf(on, constraint)];
    if (key === undefined) return;
    this.#entries ??= new Map();
    addToList(this.#entries, key, { constraint, statement, rows: this.#rows });
  }

  /** Rows may be others from here on: the transaction has ended, or a statement writes some. */
  rowsChange(): void {
    this.#rows++;
  }

  /** What was dropped before a statement. */
  upTo(statement: number): GoneConstraints {
    if (!this.#entries) return this.earlier;
    const rows = this.#rows;
    return {
      like: (on, constraint) => {
        const found = isKey(constraint)
          ? this.#last(keysIn(on, constraint.columns), statement, ({ columns = [] }) => columns.every((column) => constraint.columns.includes(column)))
          : this.#last([keyOf(on, constraint)], statement, () => true);
        if (found) return { constraint: found.constraint, held: found.rows === rows };
        return this.earlier.like(on, constraint);
      },
    };
  }

  /** The last that is meant. A file may drop a constraint as often as it likes. */
  #last(keys: readonly string[], statement: number, isMeant: (constraint: Constraint) => boolean): Entry | undefined {
    for (const key of keys) {
      const entries = this.#entries?.get(key) ?? [];
      for (let at = firstIndex(entries, (entry) => entry.statement >= statement) - 1; at >= 0; at--) {
        const entry = entries[at];
        if (entry && isMeant(entry.constraint)) return entry;
      }
    }
    return undefined;
  }

  /** All of it, for the migrations that follow. */
  all(): GoneConstraints {
    this.rowsChange();
    return this.upTo(Number.POSITIVE_INFINITY);
  }
}

type Key = Extract<Constraint, { readonly type: 'primaryKey' | 'unique' }>;

function isKey(constraint: Constraint): constraint is Key {
  return constraint.type === 'primaryKey' || constraint.type === 'unique';
}

/** Keys stand by the first of their columns in order: one of some of the columns of another begins with one of these. */
function keysIn(on: On, columns: readonly string[]): readonly string[] {
  return columns.map((column) => `${onTableText(on)} key ${column}`);
}

function keyOf(on: On, { type, columns = [] }: Constraint): string {
  return `${onTableText(on)} ${type} ${inAnyOrder(columns)}`;
}
