import type { Operation, TransactionMode } from '@planwright/spec';
import { firstIndex } from './first-index.js';
import { addToList } from './lists-by-key.js';
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

/** What the statements of a migration give, by thing. Read once, and only where a verdict asks. */
export class AgainLog {
  #entries: Map<string, Entry[]> | undefined;
  readonly #ends: number[] = [];
  /** Columns with the first statement that drops their default. */
  readonly #dropped = new Map<string, number>();

  constructor(
    private readonly statements: readonly { readonly operations: readonly Operation[] }[],
    private readonly mode: TransactionMode,
  ) {}

  /** What a statement, or one after it in its transaction, gives. */
  from(statement: number): GivenAgain {
    return {
      by: (thing) => (this.mode === 'none' ? undefined : this.#find(thing, statement)),
      isDefaultDropped: (column) => {
        this.#read();
        return (this.#dropped.get(column) ?? Number.POSITIVE_INFINITY) <= statement;
      },
    };
  }

  #find(thing: string, statement: number): Operation | undefined {
    const entries = this.#read().get(thing);
    if (!entries) return undefined;
    const found = entries[firstIndex(entries, (entry) => entry.statement >= statement)];
    const end = this.#ends[firstIndex(this.#ends, (ending) => ending >= statement)] ?? Number.POSITIVE_INFINITY;
    return found && found.statement < end ? found.operation : undefined;
  }

  #read(): ReadonlyMap<string, Entry[]> {
    if (this.#entries) return this.#entries;
    const entries = new Map<string, Entry[]>();
    for (const [statement, { operations }] of this.statements.entries())
      for (const operation of operations) {
        if (operation.type === 'controlTransaction' && (operation.action === 'commit' || operation.action === 'rollback')) this.#ends.push(statement);
        if (operation.type === 'dropDefault' && !this.#dropped.has(columnText(operation))) this.#dropped.set(columnText(operation), statement);
        const given = givenBy(operation);
        if (given !== undefined) addToList(entries, given, { operation, statement });
      }
    this.#entries = entries;
    return entries;
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
      const { unique, where, keys } = operation.index;
      const columns = keys.flatMap(({ column }) => column ?? []);
      return unique && where === undefined && columns.length === keys.length ? thing.unique(operation, columns) : undefined;
    }
    default:
      return undefined;
  }
}
