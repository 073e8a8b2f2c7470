import type { Constraint, Operation } from '@planwright/spec';
import { mentionsTable } from '../expression-names.js';
import type { On } from '../lock-facts/postgresql/surroundings.js';
import { columnText, onTableText } from '../verdicts/statement-facts.js';
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

  constructor(statements: readonly PlacedStatement[]) {
    for (const [place, statement] of statements.entries()) for (const operation of statement.operations) this.#note({ place, statement, operation });
  }

  #note({ place, statement, operation }: At): void {
    if (operation.type === 'addConstraint') {
      for (const key of keysOf(operation, operation.constraint)) put(this.#constraints, key, { place, statement, operation });
      return;
    }
    if (operation.type === 'createIndex') {
      put(this.#indexes, `${onTableText(operation)} ${operation.index.name}`, { place, statement, operation });
      return;
    }
    if (operation.type === 'dropColumn') put(this.#columnDrops, columnText(operation), { place, statement, operation });
    if (operation.type === 'dropConstraint' || operation.type === 'dropIndex') return;
    if (operation.type === 'unknown' || operation.type === 'runQuery') this.#anywhere.push({ place, statement });
    const on = tableOn(operation);
    for (const table of new Set([...rowsChanged(operation), ...(on ? [onTableText(on)] : [])])) put(this.#tables, table, { place, statement });
  }

  /** From a place on, statements on one of the tables, and those of which only their text tells; what makes or drops constraints and indexes is none of them. */
  on(tables: readonly string[], place: number): readonly PlacedStatement[] {
    const known = tables.flatMap((table) => from(this.#tables.get(table) ?? [], place));
    const told = from(this.#anywhere, place).filter(({ statement: { text } }) => tables.some((table) => mentionsTable(text, table)));
    return [...known, ...told].map(({ statement }) => statement);
  }

  /** The first constraint of the kind of another, of its name or on its columns. */
  constraint(on: On, like: Constraint, place: number, isOne: (operation: AddConstraint) => boolean): At<AddConstraint> | undefined {
    const found = keysOf(on, like).flatMap((key) => from(this.#constraints.get(key) ?? [], place).find(({ operation }) => isOne(operation)) ?? []);
    return found.sort((one, other) => one.place - other.place)[0];
  }

  /** The index that is made under a name. */
  index(table: string, name: string, place: number): At<CreateIndex> | undefined {
    return from(this.#indexes.get(`${table} ${name}`) ?? [], place)[0];
  }

  /** Where one of the columns goes. */
  columnDrop(on: On, columns: readonly string[], place: number): At | undefined {
    return columns.flatMap((column) => from(this.#columnDrops.get(columnText({ ...on, column })) ?? [], place)[0] ?? [])[0];
  }
}

function put<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const known = map.get(key);
  if (known) known.push(item);
  else map.set(key, [item]);
}

/** What stands at a place and behind it. Lists are in the order of the change, so that it is found by halves. */
function from<Item extends { readonly place: number }>(items: readonly Item[], place: number): readonly Item[] {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.place ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? items : items.slice(low);
}

function keysOf(on: On, { type, name, columns = [] }: Constraint): readonly string[] {
  const table = onTableText(on);
  return [...(name === undefined ? [] : [`${table} ${type} ${name}`]), `${table} ${type} (${[...columns].sort().join()})`];
}
