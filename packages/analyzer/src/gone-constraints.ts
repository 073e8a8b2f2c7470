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
  /** The last one of the kind and columns of another. */
  like(on: On, constraint: Constraint): GoneConstraint | undefined;
  /** Whether a key of these columns, or of some of them, has gone, be it an index: until then nobody wrote two rows that are alike there. */
  key(on: On, columns: readonly string[]): boolean;
}

export const noneGone: GoneConstraints = { like: () => undefined, key: () => false };

interface Entry {
  readonly constraint: Constraint;
  readonly statement: number;
  readonly rows: number;
}

/** What a change drops, statement by statement, as `MadeLog` keeps what it makes. */
export class GoneLog {
  /** By table, kind and columns, in the order of statements. */
  readonly #entries = new Map<string, Entry[]>();
  /** Keys among them, by table. */
  readonly #keys = new Map<string, { readonly columns: readonly string[]; readonly statement: number }[]>();
  /** How often rows may have become others. */
  #rows = 0;

  /** `earlier`: what earlier migrations of the change have dropped. */
  constructor(private readonly earlier: GoneConstraints) {}

  drops(on: On, constraint: Constraint, statement: number): void {
    addToList(this.#entries, keyOf(on, constraint), { constraint, statement, rows: this.#rows });
    if (constraint.type === 'primaryKey' || constraint.type === 'unique') this.dropsKey(on, constraint.columns, statement);
  }

  /** A constraint or an index that has kept rows apart. */
  dropsKey(on: On, columns: readonly string[], statement: number): void {
    addToList(this.#keys, onTableText(on), { columns, statement });
  }

  /** Rows may be others from here on: the transaction has ended, or a statement writes some. */
  rowsChange(): void {
    this.#rows++;
  }

  /** What was dropped before a statement. */
  upTo(statement: number): GoneConstraints {
    if (this.#entries.size === 0 && this.#keys.size === 0) return this.earlier;
    const rows = this.#rows;
    return {
      like: (on, constraint) => {
        const entries = this.#entries.get(keyOf(on, constraint)) ?? [];
        // A file may drop a constraint as often as it likes.
        const found = entries[firstIndex(entries, (entry) => entry.statement >= statement) - 1];
        if (found) return { constraint: found.constraint, held: found.rows === rows };
        return this.earlier.like(on, constraint);
      },
      key: (on, columns) =>
        this.#keys.get(onTableText(on))?.some((key) => key.statement < statement && key.columns.every((column) => columns.includes(column))) === true ||
        this.earlier.key(on, columns),
    };
  }

  /** All of it, for the migrations that follow. */
  all(): GoneConstraints {
    this.rowsChange();
    return this.upTo(Number.POSITIVE_INFINITY);
  }
}

function keyOf(on: On, { type, columns = [] }: Constraint): string {
  return `${onTableText(on)} ${type} ${inAnyOrder(columns)}`;
}
