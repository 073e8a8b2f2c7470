import type { Operation, TransactionMode } from '@planwright/spec';
import { firstIndex } from './first-index.js';
import { addToList } from './lists-by-key.js';
import { wholeKey } from './verdicts/postgresql/kept-already.js';
import { columnText, inAnyOrder, onTableText, tableText } from './verdicts/statement-facts.js';

/** What later statements of a transaction give again before it ends: at no moment does anybody else see it gone. */
export interface GivenAgain {
  /** The operation that gives a thing (`thing.default(…)`) again. */
  by(thing: string): Operation | undefined;
  /** Whether an earlier statement of the migration, or this one, drops a default of the column. */
  isDefaultDropped(column: string): boolean;
}

export const nothingAgain: GivenAgain = { by: () => undefined, isDefaultDropped: () => false };

type On = { readonly schema?: string; readonly table: string };
type Named = { readonly schema?: string; readonly name: string };

/** What may be given again, as text. */
export const thing = {
  default: (on: On & { readonly column: string }): string => `default ${columnText(on)}`,
  type: (named: Named): string => `type ${tableText(named)}`,
  view: (named: Named): string => `view ${tableText(named)}`,
  routine: (named: Named): string => `routine ${tableText(named)}`,
  policy: (on: On & { readonly name: string }): string => `policy ${onTableText(on)}.${on.name}`,
  unique: (on: On, columns: readonly string[]): string => `unique ${onTableText(on)} ${inAnyOrder(columns)}`,
};

interface Entry {
  readonly operation: Operation;
  readonly statement: number;
}

/** What the statements of a migration give, by thing; where its transactions end; and columns with the first statement that drops their default. */
interface Given {
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  readonly ends: readonly number[];
  readonly dropped: ReadonlyMap<string, number>;
}

function givenIn(statements: readonly { readonly operations: readonly Operation[] }[]): Given {
  const entries = new Map<string, Entry[]>();
  const ends: number[] = [];
  const dropped = new Map<string, number>();
  for (const [statement, { operations }] of statements.entries())
    for (const operation of operations) {
      if (operation.type === 'controlTransaction' && (operation.action === 'commit' || operation.action === 'rollback')) ends.push(statement);
      if (operation.type === 'dropDefault' && !dropped.has(columnText(operation))) dropped.set(columnText(operation), statement);
      const given = givenBy(operation);
      if (given !== undefined) addToList(entries, given, { operation, statement });
    }
  return { entries, ends, dropped };
}

/** What the statements of a migration give, by thing. Read once, and only where a verdict asks. */
export class AgainLog {
  #log: Given | undefined;

  constructor(
    private readonly statements: readonly { readonly operations: readonly Operation[] }[],
    private readonly mode: TransactionMode,
  ) {}

  /** What a statement, or one after it in its transaction, gives. */
  from(statement: number): GivenAgain {
    return new GivenFrom(this, statement);
  }

  isDefaultDropped(column: string, statement: number): boolean {
    return (this.#given.dropped.get(column) ?? Number.POSITIVE_INFINITY) <= statement;
  }

  find(thing: string, statement: number): Operation | undefined {
    if (this.mode === 'none') return undefined;
    const { ends, entries: all } = this.#given;
    const entries = all.get(thing);
    if (!entries) return undefined;
    const found = entries[firstIndex(entries, (entry) => entry.statement >= statement)];
    const end = ends[firstIndex(ends, (ending) => ending >= statement)] ?? Number.POSITIVE_INFINITY;
    return found && found.statement < end ? found.operation : undefined;
  }

  get #given(): Given {
    this.#log ??= givenIn(this.statements);
    return this.#log;
  }
}

/** What one statement, or one after it, gives. */
class GivenFrom implements GivenAgain {
  constructor(
    private readonly log: AgainLog,
    private readonly statement: number,
  ) {}

  by(thing: string): Operation | undefined {
    return this.log.find(thing, this.statement);
  }

  isDefaultDropped(column: string): boolean {
    return this.log.isDefaultDropped(column, this.statement);
  }
}

function givenBy(operation: Operation): string | undefined {
  switch (operation.type) {
    case 'setDefault':
      return /^null\b/i.test(operation.default) ? undefined : thing.default(operation);
    case 'setIdentity':
      return thing.default(operation);
    case 'createEnum':
      return thing.type(operation.enum);
    case 'createDomain':
      return thing.type(operation.domain);
    case 'renameType':
      return thing.type({ ...operation, name: operation.to });
    case 'createView':
      return thing.view(operation.view);
    case 'createRoutine':
      return thing.routine(operation.routine);
    case 'createPolicy':
      return thing.policy({ ...operation, name: operation.policy.name });
    case 'addConstraint': {
      const { constraint } = operation;
      return constraint.type === 'unique' || constraint.type === 'primaryKey' ? thing.unique(operation, constraint.columns) : undefined;
    }
    case 'createIndex': {
      const key = wholeKey(operation.index);
      return key && thing.unique(operation, key.columns);
    }
    default:
      return undefined;
  }
}
