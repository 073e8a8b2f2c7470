import type { Operation, Snapshot } from '@planwright/spec';
import { thing } from '../given-again.js';
import { constraintDropped } from '../verdicts/postgresql/kept-already.js';
import { columnText } from '../verdicts/statement-facts.js';
import { columnIn, onOf, tableIn, written } from './asked.js';
import type { PlacedStatement } from './placed-statement.js';
import type { Step } from './step.js';

/** Statements that take what a later one of their transaction gives again: apart from it, running code would miss it in between. */
export interface GivenLater {
  /** What does nothing but drop a default, by the statement that gives one again; with an identity, also the sequence that the default counted with. */
  readonly defaults: ReadonlyMap<PlacedStatement, readonly Drop[]>;
  /** All of them. */
  readonly held: ReadonlySet<PlacedStatement>;
  /** What drops a default before the column gets another type: there it has to go before that. */
  readonly apart: ReadonlySet<PlacedStatement>;
  /** Ids of what drops a key that another statement builds again in a dangerous way: steps stand for both. */
  readonly keys: ReadonlySet<string>;
}

/** A statement that goes with the default of a column (`orders.id`). */
interface Drop {
  readonly statement: PlacedStatement;
  readonly column: string;
}

export function givenLater(statements: readonly PlacedStatement[], before: Snapshot): GivenLater {
  const defaults = new Map<PlacedStatement, readonly Drop[]>();
  const apart = new Set<PlacedStatement>();
  const keys = new Set<string>();
  /** Drops whose default has not come yet, by column, and the columns by the sequences that they counted with. */
  const open = new Map<string, readonly Drop[]>();
  const counting = new Map<string, string>();
  const dangerous = new Set<Operation>(statements.flatMap(({ operations, findings }) => (findings.length > 0 ? operations : [])));
  for (const statement of statements) {
    const { operations, judged } = statement;
    const { again } = judged.facts;
    for (const operation of operations) {
      if (operation.type === 'alterColumnType') {
        for (const drop of open.get(columnText(operation)) ?? []) apart.add(drop.statement);
        open.delete(columnText(operation));
      }
      if (operation.type === 'setDefault' || operation.type === 'setIdentity') {
        const found = open.get(columnText(operation)) ?? [];
        open.delete(columnText(operation));
        const own = operation.type === 'setIdentity' ? found : found.slice(0, 1);
        if (own.length > 0) defaults.set(statement, [...(defaults.get(statement) ?? []), ...own]);
      }
      if (operation.type === 'dropConstraint' || operation.type === 'dropIndex') {
        const key = keyOf(operation, before);
        const given = key === undefined ? undefined : again.by(key);
        if (given && dangerous.has(given)) keys.add(statement.id);
      }
    }
    const [first, second] = operations;
    if (second || !first) continue;
    if (isDefaultGone(first) && again.by(thing.default(first))) {
      const column = columnText(first);
      const sequence = /\bnextval\('(?:[^']*\.)?"?([^'".]+)"?'/.exec(columnIn(judged.before, onOf(first), first.column)?.default ?? '')?.[1];
      if (sequence !== undefined) counting.set(sequence, column);
      open.set(column, [{ statement, column }]);
    }
    const column = first.type === 'dropSequence' ? counting.get(first.name) : undefined;
    const drops = column === undefined ? undefined : open.get(column);
    if (column !== undefined && drops) open.set(column, [...drops, { statement, column }]);
  }
  return { defaults, held: new Set([...defaults.values()].flat().map(({ statement }) => statement)), apart, keys };
}

/** What goes with the steps of an operation that gives a default again: SET DEFAULT replaces the one that is there, an identity does not. */
export function defaultGone(drops: readonly Drop[], given: Operation, before: Snapshot): { readonly steps: readonly Step[]; readonly also: readonly string[] } {
  if (given.type !== 'setDefault' && given.type !== 'setIdentity') return { steps: [], also: [] };
  const own = drops.filter(({ column }) => column === columnText(given)).map(({ statement }) => statement);
  const also = own.map(({ id }) => id);
  if (given.type === 'setDefault') return { steps: [], also };
  const steps = own.flatMap(({ operations }) =>
    operations.flatMap((drop) => (written(drop, before) ?? []).map((sql): Step => ({ kind: 'statement', stage: 'defaults', table: onOf(given), sql, also }))),
  );
  return { steps, also };
}

function isDefaultGone(operation: Operation): operation is Extract<Operation, { type: 'dropDefault' | 'dropIdentity' }> {
  return operation.type === 'dropDefault' || operation.type === 'dropIdentity';
}

/** The key that a statement drops, as it may be given again. */
function keyOf(drop: Extract<Operation, { type: 'dropConstraint' | 'dropIndex' }>, before: Snapshot): string | undefined {
  if (drop.table === undefined) return undefined;
  const on = onOf({ ...drop, table: drop.table });
  const key = constraintDropped(tableIn(before, on), drop);
  return key?.type === 'unique' || key?.type === 'primaryKey' ? thing.unique(on, key.columns) : undefined;
}
