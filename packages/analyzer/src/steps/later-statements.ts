import type { Constraint, Operation } from '@planwright/spec';
import { mentionsTable } from '../expression-names.js';
import { firstIndex } from '../first-index.js';
import { addToList } from '../lists-by-key.js';
import type { On } from '../lock-facts/postgresql/surroundings.js';
import { columnText, inAnyOrder, onTableText } from '../verdicts/statement-facts.js';
import { tableOn } from './asked.js';
import type { PlacedStatement } from './placed-statement.js';
import { rowsChanged } from './row-order.js';

type AddConstraint = Extract<Operation, { type: 'addConstraint' }>;
type CreateIndex = Extract<Operation, { type: 'createIndex' }>;

/** A statement with one of its operations, and the statement's place in the change. */
interface At<Type extends Operation = Operation> {
  readonly place: number;
  readonly statement: PlacedStatement;
  readonly operation: Type;
}

/** Statements of a change by what they are about: a file of a hundred thousand is gone through once, and not once for each of them. */
export class LaterStatements {
  readonly #tables = new Map<string, { readonly place: number; readonly statement: PlacedStatement }[]>();
  readonly #anywhere: { readonly place: number; readonly statement: PlacedStatement }[] = [];
  readonly #constraints = new Map<string, At<AddConstraint>[]>();
  readonly #indexes = new Map<string, At<CreateIndex>[]>();
  readonly #columnDrops = new Map<string, At[]>();
  readonly #tableDrops = new Map<string, At[]>();

  constructor(statements: readonly PlacedStatement[]) {
    for (const [place, statement] of statements.entries()) for (const operation of statement.operations) this.#note({ place, statement, operation });
  }

  #note({ place, statement, operation }: At): void {
    if (operation.type === 'addConstraint') {
      for (const key of keysOf(operation, operation.constraint)) addToList(this.#constraints, key, { place, statement, operation });
      return;
    }
    if (operation.type === 'createIndex') {
      addToList(this.#indexes, `${onTableText(operation)} ${operation.index.name}`, { place, statement, operation });
      return;
    }
    if (operation.type === 'dropColumn') addToList(this.#columnDrops, columnText(operation), { place, statement, operation });
    if (operation.type === 'dropTable') addToList(this.#tableDrops, onTableText(operation), { place, statement, operation });
    if (operation.type === 'dropConstraint' || operation.type === 'dropIndex') return;
    if (operation.type === 'unknown' || operation.type === 'runQuery') this.#anywhere.push({ place, statement });
    const on = tableOn(operation);
    for (const table of new Set([...rowsChanged(operation), ...(on ? [onTableText(on)] : [])])) addToList(this.#tables, table, { place, statement });
  }

  /**
   * Whether from a place on a statement stands in the way that is on one of the tables, or of which only its text tells; what makes or drops constraints and
   * indexes is none of them.
   */
  some(tables: readonly string[], place: number, isInTheWay: (statement: PlacedStatement) => boolean): boolean {
    const known = tables.some((table) => first(this.#tables.get(table), place, ({ statement }) => isInTheWay(statement)) !== undefined);
    if (known) return true;
    const names = ({ text }: PlacedStatement): boolean => tables.some((table) => mentionsTable(text, table));
    return first(this.#anywhere, place, ({ statement }) => names(statement) && isInTheWay(statement)) !== undefined;
  }

  /** The first constraint of the kind of another, of its name or on its columns. */
  constraint(on: On, like: Constraint, place: number, isOne: (operation: AddConstraint) => boolean): At<AddConstraint> | undefined {
    const found = keysOf(on, like).flatMap((key) => first(this.#constraints.get(key), place, ({ operation }) => isOne(operation)) ?? []);
    return found.sort((one, other) => one.place - other.place)[0];
  }

  /** The index that is made under a name. */
  index(table: string, name: string, place: number): At<CreateIndex> | undefined {
    return first(this.#indexes.get(`${table} ${name}`), place);
  }

  /** Where the table goes. */
  tableDrop(on: On, place: number): At | undefined {
    return first(this.#tableDrops.get(onTableText(on)), place);
  }

  /** Where one of the columns goes. */
  columnDrop(on: On, columns: readonly string[], place: number): At | undefined {
    return columns.flatMap((column) => first(this.#columnDrops.get(columnText({ ...on, column })), place) ?? [])[0];
  }
}

/** The first that stands at a place or behind it and is meant: lists are in the order of the change. */
function first<Item extends { readonly place: number }>(
  items: readonly Item[] | undefined = [],
  place: number,
  isOne: (item: Item) => boolean = () => true,
): Item | undefined {
  for (let at = firstIndex(items, (item) => item.place >= place); at < items.length; at++) {
    const item = items[at];
    if (item && isOne(item)) return item;
  }
  return undefined;
}

function keysOf(on: On, { type, name, columns = [] }: Constraint): readonly string[] {
  const table = onTableText(on);
  return [...(name === undefined ? [] : [`${table} ${type} ${name}`]), `${table} ${type} (${inAnyOrder(columns)})`];
}
