import type { Constraint, Index, Operation } from '@planwright/spec';
import { addToList } from '../lists-by-key.js';

interface Left {
  /** `orders.orders_status_check` */
  readonly name: string;
  /** Id of the statement that drops it. */
  readonly from: string;
  /** Id of the statement whose steps drop it instead. */
  readonly to: string;
}

/** A constraint that the change drops, and that stays all the same until what comes in its place stands: nobody writes without either. */
export interface ConstraintSuccession extends Left {
  readonly kind: 'constraint';
  readonly old: Constraint & { readonly name: string };
  readonly drop: Extract<Operation, { type: 'dropConstraint' }>;
  /** What takes its place; nothing where it goes with its column. */
  readonly heir?: Extract<Operation, { type: 'addConstraint' }>;
  /** It is the same under another name: nothing is made, and the old one gets the name. */
  readonly isRenamed?: true;
}

/** An index that the change drops and makes anew under its name: it stays until the new one is built. */
export interface IndexSuccession extends Left {
  readonly kind: 'index';
  readonly old: Index;
  readonly drop: Extract<Operation, { type: 'dropIndex' }>;
  readonly heir: Extract<Operation, { type: 'createIndex' }>;
}

/** Row level security of a table that the change drops: it stays as long as the table does, and goes with it. */
export interface GuardSuccession extends Left {
  readonly kind: 'guard';
  readonly drop: Extract<Operation, { type: 'setRowSecurity' }>;
  /** It is enabled before the change. */
  readonly isOn: boolean;
}

export type Succession = ConstraintSuccession | IndexSuccession | GuardSuccession;

/** All of a change, by what is asked of them. */
export class Successions {
  readonly #all: readonly Succession[];
  readonly #drops: ReadonlySet<Operation>;
  readonly #from: ReadonlySet<string>;
  readonly #to: ReadonlyMap<string, readonly Succession[]>;

  constructor(all: readonly Succession[]) {
    this.#all = all;
    this.#drops = new Set(all.map(({ drop }) => drop));
    this.#from = new Set(all.map(({ from }) => from));
    const to = new Map<string, Succession[]>();
    for (const one of all) addToList(to, one.to, one);
    this.#to = to;
  }

  /** Whether a statement drops something that stays, or carries that out. */
  concerns(statement: string): boolean {
    return this.#from.has(statement) || this.#to.has(statement);
  }

  /** Whether a statement makes nothing but constraints that are there under other names. */
  onlyRenames({ id, operations }: { readonly id: string; readonly operations: readonly Operation[] }): boolean {
    const heirs = new Set((this.#to.get(id) ?? []).flatMap((one) => (one.kind === 'constraint' && one.isRenamed && one.heir ? [one.heir] : [])));
    return operations.length > 0 && operations.every((operation) => operation.type === 'addConstraint' && heirs.has(operation));
  }

  /** Whether it is left to the steps of another operation to carry this one out. */
  isLeft(operation: Operation): boolean {
    return this.#drops.has(operation);
  }

  /** What was left to an operation of a statement. */
  leftTo(statement: string, operation: Operation): readonly Succession[] {
    return (this.#to.get(statement) ?? []).filter((one) => {
      if (one.kind === 'guard') return operation.type === 'dropTable';
      if (one.kind === 'index' || one.heir) return one.heir === operation;
      return operation.type === 'dropColumn' && one.old.columns?.includes(operation.column) === true;
    });
  }

  /** Names of those that go where they are dropped after all: the statement that drops them stays as written, or that of what comes in their place. */
  failed(replaced: ReadonlySet<string>): readonly string[] {
    return this.#all.flatMap(({ name, from, to }) => (replaced.has(from) && replaced.has(to) ? [] : [name]));
  }
}
