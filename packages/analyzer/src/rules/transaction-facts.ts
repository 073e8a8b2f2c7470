import type { Lock, Operation, TransactionMode } from '@planwright/spec';
import { blocksWriters, stronger, strongestLocks } from '../lock-facts/postgresql/lock-list.js';
import { changesManyRows } from '../verdicts/postgresql/bulk-rows.js';
import { onTableText, tableText } from '../verdicts/statement-facts.js';
import { MadeThings } from './made-things.js';
import type { StatementAt } from './rule.js';

/** A lock with the statement that took it. */
export interface HeldLock {
  readonly lock: Lock;
  readonly by: StatementAt;
}

/**
 * The transaction around a statement. What is told without a walk over other statements costs the same in a file of a hundred thousand: rules ask it first,
 * and take the lists only once they have found something.
 */
export interface TransactionFacts {
  /** Whether the statement runs in a transaction with others, be it the framework's or one that the file begins. */
  readonly mode: TransactionMode;
  /** Whether the migration's framework or file has begun a transaction that the statement is inside of. */
  readonly inside: boolean;
  /** The strongest lock that holds up writers of a relation of before, and that an earlier statement of the same transaction has taken. */
  readonly blocking: HeldLock | undefined;
  /** The first earlier statement of the same transaction that has changed many rows of a table of before. */
  readonly bulk: StatementAt | undefined;
  /** Whether any statement of the transaction has left checks of deferred constraints to COMMIT. */
  readonly leavesChecks: boolean;
  /** The statement of the same transaction that has left checks of deferred constraints on a table to COMMIT. */
  readonly pendingOn: (relation: string) => StatementAt | undefined;
  /** The statement of the same transaction that has added a label to an enum type that was there before. */
  readonly labelAddedBy: (label: string) => StatementAt | undefined;
  /** Whether any statement of the transaction has added one. */
  readonly addsLabels: boolean;
  /** Whether an earlier or a later statement of the same transaction makes a thing: `view open_orders`, `policy on orders`. */
  readonly madeEarlier: (thing: string) => boolean;
  readonly madeLater: (thing: string) => boolean;
  /** The next statement of the same migration, in whatever transaction, that makes a thing. */
  readonly next: (thing: string) => StatementAt | undefined;
  /** Whether the migration has no other statement. */
  readonly alone: boolean;
  /** Locks on relations of before that earlier statements of the same transaction hold until COMMIT. */
  readonly held: readonly Lock[];
  /** Session settings in force that the migration itself has made: `lock_timeout` to `2s`. */
  readonly settings: ReadonlyMap<string, string>;
  /** Statements of the same transaction before it and after it. */
  readonly earlier: readonly StatementAt[];
  readonly later: readonly StatementAt[];
  /** Statements of the same migration before it and after it, whatever the transaction. */
  readonly before: readonly StatementAt[];
  readonly after: readonly StatementAt[];
}

/** What a transaction has done up to a statement. */
interface Done {
  readonly blocking: HeldLock | undefined;
  readonly bulk: StatementAt | undefined;
}

const nothing: Done = { blocking: undefined, bulk: undefined };

/** One transaction: a stretch of statements. Maps tell the first statement, by its index, that did something; they are made where there is one. */
interface Stretch {
  readonly start: number;
  end: number;
  labels: Map<string, number> | undefined;
  types: Set<string> | undefined;
}

/** Tables on which checks are left to COMMIT, with the statement that has left them. */
interface Pending {
  tables: Map<string, number> | undefined;
}

/** Walks a migration's statements once and tells each one's transaction. A file may begin and end transactions of its own. */
export function transactionsOf(statements: readonly StatementAt[], mode: TransactionMode): readonly TransactionFacts[] {
  const facts: TransactionFacts[] = [];
  let inside = mode === 'transactional';
  let session = noSettings;
  let settings = session;
  let stretch = stretchFrom(0);
  let done = nothing;
  let pending: Pending = { tables: undefined };
  const migration = new WalkedMigration(statements);
  for (const statement of statements) {
    const index = facts.length;
    stretch.end = index + 1;
    facts.push(new FactsAt(migration, index, stretch, inside, settings, done, pending));
    done = doneAfter(done, statement);
    let ends = !inside;
    for (const operation of statement.operations) {
      switch (operation.type) {
        case 'setSetting': {
          // SET LOCAL outside of a transaction does nothing.
          if (operation.local && !inside) break;
          const name = operation.name.toLowerCase();
          if (name === 'constraints' && operation.value === 'immediate') pending = { tables: undefined };
          settings = changedSetting(settings, name, operation.value);
          if (!operation.local) session = changedSetting(session, name, operation.value);
          break;
        }
        case 'controlTransaction':
          if (operation.action === 'begin') {
            inside = true;
            ends = false;
          }
          if (operation.action === 'commit' || operation.action === 'rollback') {
            inside = false;
            ends = true;
            settings = session;
          }
          break;
        case 'createEnum':
          stretch.types ??= new Set();
          stretch.types.add(tableText(operation.enum));
          break;
        case 'addEnumValue':
          if (stretch.types?.has(tableText(operation)) || stretch.labels?.has(operation.label)) break;
          stretch.labels ??= new Map();
          stretch.labels.set(operation.label, index);
          break;
        case 'insertRows':
        case 'updateRows':
        case 'deleteRows':
        case 'mergeRows':
          for (const relation of deferredTables(statement, operation)) {
            pending.tables ??= new Map();
            if (!pending.tables.has(relation)) pending.tables.set(relation, index);
          }
          break;
        default:
      }
    }
    if (!ends) continue;
    stretch = stretchFrom(index + 1);
    done = nothing;
    pending = { tables: undefined };
  }
  return facts;
}

const noSettings: ReadonlyMap<string, string> = new Map();

function stretchFrom(start: number): Stretch {
  return { start, end: start, labels: undefined, types: undefined };
}

/** What is known of one statement's transaction. Lists are made when a rule asks for them: one that found nothing never does. */
class FactsAt implements TransactionFacts {
  readonly blocking: HeldLock | undefined;
  readonly bulk: StatementAt | undefined;

  constructor(
    private readonly migration: WalkedMigration,
    private readonly index: number,
    private readonly stretch: Stretch,
    readonly inside: boolean,
    readonly settings: ReadonlyMap<string, string>,
    done: Done,
    private readonly pending: Pending,
  ) {
    this.blocking = done.blocking;
    this.bulk = done.bulk;
  }

  // The stretch grows on; it is complete when rules are asked.
  get mode(): TransactionMode {
    return this.inside || this.stretch.end - this.stretch.start > 1 ? 'transactional' : 'none';
  }

  get alone(): boolean {
    return this.migration.statements.length === 1;
  }

  get held(): readonly Lock[] {
    return strongestLocks(this.earlier.flatMap(({ verdicts }) => verdicts.lock?.locks ?? []));
  }

  get earlier(): readonly StatementAt[] {
    return this.migration.statements.slice(this.stretch.start, this.index);
  }

  get later(): readonly StatementAt[] {
    return this.migration.statements.slice(this.index + 1, this.stretch.end);
  }

  get before(): readonly StatementAt[] {
    return this.migration.statements.slice(0, this.index);
  }

  get after(): readonly StatementAt[] {
    return this.migration.statements.slice(this.index + 1);
  }

  get leavesChecks(): boolean {
    return this.pending.tables !== undefined;
  }

  pendingOn(relation: string): StatementAt | undefined {
    return this.#earlierOf(this.pending.tables?.get(relation));
  }

  get addsLabels(): boolean {
    return this.stretch.labels !== undefined;
  }

  labelAddedBy(label: string): StatementAt | undefined {
    return this.#earlierOf(this.stretch.labels?.get(label));
  }

  madeEarlier(thing: string): boolean {
    return this.migration.things.before(thing, this.index, this.stretch.start) !== undefined;
  }

  madeLater(thing: string): boolean {
    return this.migration.things.after(thing, this.index, this.stretch.end) !== undefined;
  }

  next(thing: string): StatementAt | undefined {
    return this.migration.things.after(thing, this.index);
  }

  #earlierOf(at: number | undefined): StatementAt | undefined {
    return at !== undefined && at < this.index ? this.migration.statements[at] : undefined;
  }
}

/** The statements of a migration, and what they make: looked through when the first rule asks. */
class WalkedMigration {
  #things: MadeThings | undefined;

  constructor(readonly statements: readonly StatementAt[]) {}

  get things(): MadeThings {
    this.#things ??= new MadeThings(this.statements);
    return this.#things;
  }
}

function doneAfter(done: Done, statement: StatementAt): Done {
  const strongest = strongestOld(statement);
  const blocking = strongest && (!done.blocking || isStronger(strongest, done.blocking.lock)) ? { lock: strongest, by: statement } : done.blocking;
  const bulk =
    done.bulk ??
    (statement.operations.some(
      (operation) => (operation.type === 'updateRows' || operation.type === 'deleteRows') && changesManyRows(statement.around, operation),
    )
      ? statement
      : undefined);
  return blocking === done.blocking && bulk === done.bulk ? done : { blocking, bulk };
}

/** The strongest lock of a statement that holds up writers of a relation that was there before the change. */
function strongestOld({ verdicts, facts }: StatementAt): Lock | undefined {
  let found: Lock | undefined;
  for (const lock of verdicts.lock?.locks ?? [])
    if (blocksWriters(lock.mode) && !facts.made.has(lock.relation) && (!found || isStronger(lock, found))) found = lock;
  return found;
}

function isStronger(one: Lock, other: Lock): boolean {
  return one.mode !== other.mode && stronger(one.mode, other.mode) === one.mode;
}

type RowOperation = Extract<Operation, { type: 'insertRows' | 'updateRows' | 'deleteRows' | 'mergeRows' }>;

/** Tables on which changed rows leave a check to COMMIT: the one with a deferred constraint, and the one whose rows it references. */
function deferredTables({ facts }: StatementAt, operation: RowOperation): readonly string[] {
  const changed = onTableText(operation);
  const written = operation.type === 'updateRows' ? operation.columns : undefined;
  const touches = (columns: readonly string[] | undefined): boolean => !written || !columns || columns.some((column) => written.includes(column));
  const found: string[] = [];
  for (const table of [...facts.before.tables, ...facts.neighbours]) {
    for (const constraint of table.constraints ?? []) {
      if (!('deferrable' in constraint) || constraint.deferrable !== 'deferred') continue;
      if (tableText(table) === changed) {
        if (operation.type !== 'deleteRows' && touches(constraint.columns)) found.push(changed);
      } else if (constraint.type === 'foreignKey' && operation.type !== 'insertRows' && onTableText(constraint.references) === changed) {
        if (touches(constraint.references.columns)) found.push(changed);
      }
    }
  }
  return found;
}

function changedSetting(settings: ReadonlyMap<string, string>, name: string, value: string | undefined): ReadonlyMap<string, string> {
  const changed = new Map(settings);
  if (name === 'all') changed.clear();
  else if (value === undefined) changed.delete(name);
  else changed.set(name, value);
  return changed;
}
