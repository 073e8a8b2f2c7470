import type { Operation, Snapshot, View } from '@planwright/spec';
import { mentions } from '../expression-names.js';
import { thing } from '../given-again.js';
import { addToList } from '../lists-by-key.js';
import { viewsGone } from '../lock-facts/postgresql/lost.js';
import { constraintDropped } from '../verdicts/postgresql/kept-already.js';
import { tableText } from '../verdicts/statement-facts.js';
import { columnIn, onOf, tableIn, written } from './asked.js';
import type { PlacedStatement } from './placed-statement.js';
import type { Step } from './step.js';

/** Statements that take what a later one of their transaction gives again: apart from it, running code would miss it in between. */
export interface GivenLater {
  /** What does nothing but drop a default or a view, by the statement that gives it again; with an identity, also the sequence that the default counted with. */
  readonly drops: ReadonlyMap<PlacedStatement, readonly Drop[]>;
  /** All of them. */
  readonly held: ReadonlySet<PlacedStatement>;
  /** What drops a default before the column gets another type: there it has to go before that. */
  readonly apart: ReadonlySet<PlacedStatement>;
  /** Ids of what drops a key that another statement builds again in a dangerous way: steps stand for both. */
  readonly keys: ReadonlySet<string>;
  /** Statements that drop a column with every view on it, all of which later ones make again: these step aside where they come again, and not with the column. */
  readonly remade: ReadonlySet<PlacedStatement>;
  /** What makes such a view again, and what then says who may read it. */
  readonly makers: ReadonlyMap<PlacedStatement, RemadeView>;
}

/** A view that a column would take with it: what drops that, and the views that go before this one comes. */
export interface RemadeView {
  readonly drop: PlacedStatement;
  readonly first: readonly View[];
}

/** A statement that goes with a default (`default orders.id`) or a view (`view open_orders`). */
interface Drop {
  readonly statement: PlacedStatement;
  readonly of: string;
}

export function givenLater(statements: readonly PlacedStatement[], before: Snapshot): GivenLater {
  const drops = new Map<PlacedStatement, readonly Drop[]>();
  const taken = new Map<string, PlacedStatement>();
  const again = new Map<PlacedStatement, PlacedStatement[]>();
  const apart = new Set<PlacedStatement>();
  const keys = new Set<string>();
  /** Drops of what has not come again yet, by that, and defaults by the sequences that they counted with. */
  const open = new Map<string, readonly Drop[]>();
  const counting = new Map<string, string>();
  const dangerous = new Set<Operation>(statements.flatMap(({ operations, findings }) => (findings.length > 0 ? operations : [])));
  for (const statement of statements) {
    const { operations, judged } = statement;
    const { again: given } = judged.facts;
    for (const operation of operations) {
      if (operation.type === 'alterColumnType') {
        for (const drop of open.get(thing.default(operation)) ?? []) apart.add(drop.statement);
        open.delete(thing.default(operation));
      }
      if (operation.type === 'setDefault' || operation.type === 'setIdentity') {
        const found = open.get(thing.default(operation)) ?? [];
        open.delete(thing.default(operation));
        const own = operation.type === 'setIdentity' ? found : found.slice(0, 1);
        if (own.length > 0) drops.set(statement, [...(drops.get(statement) ?? []), ...own]);
      }
      if (operation.type === 'dropColumn' && operation.cascade) for (const view of viewsGone(judged)) taken.set(tableText(view), statement);
      if (operation.type === 'createView') {
        const name = tableText(operation.view);
        const by = taken.get(name);
        if (by) addToList(again, by, statement);
        taken.delete(name);
        const found = open.get(thing.view(operation.view));
        if (found) drops.set(statement, [...(drops.get(statement) ?? []), ...found]);
        open.delete(thing.view(operation.view));
      }
      if (operation.type === 'dropConstraint' || operation.type === 'dropIndex') {
        const key = keyOf(operation, before);
        const maker = key === undefined ? undefined : given.by(key);
        if (maker && dangerous.has(maker)) keys.add(statement.id);
      }
    }
    const [first, second] = operations;
    if (second || !first) continue;
    if (isDefaultGone(first) && given.by(thing.default(first))) {
      const column = thing.default(first);
      const sequence = /\bnextval\('(?:[^']*\.)?"?([^'".]+)"?'/.exec(columnIn(judged.before, onOf(first), first.column)?.default ?? '')?.[1];
      if (sequence !== undefined) counting.set(sequence, column);
      open.set(column, [{ statement, of: column }]);
    }
    if (first.type === 'dropView' && given.by(thing.view(first))) open.set(thing.view(first), [{ statement, of: thing.view(first) }]);
    const column = first.type === 'dropSequence' ? counting.get(first.name) : undefined;
    const found = column === undefined ? undefined : open.get(column);
    if (column !== undefined && found) open.set(column, [...found, { statement, of: column }]);
  }
  return { drops, held: new Set([...drops.values()].flat().map(({ statement }) => statement)), apart, keys, ...remadeViews(again, statements) };
}

/** What goes with the steps of an operation that gives a default again: SET DEFAULT replaces the one that is there, an identity does not. */
export function defaultGone(drops: readonly Drop[], given: Operation, before: Snapshot): { readonly steps: readonly Step[]; readonly also: readonly string[] } {
  if (given.type !== 'setDefault' && given.type !== 'setIdentity') return { steps: [], also: [] };
  const own = drops.filter((drop) => drop.of === thing.default(given)).map(({ statement }) => statement);
  const also = own.map(({ id }) => id);
  if (given.type === 'setDefault') return { steps: [], also };
  const steps = own.flatMap(({ operations }) =>
    operations.flatMap((drop) => (written(drop, before) ?? []).map((sql): Step => ({ kind: 'statement', stage: 'defaults', table: onOf(given), sql, also }))),
  );
  return { steps, also };
}

/** What makes views again that a column has taken, `again`: where none of them is lost for good, and none has rows of its own. */
function remadeViews(
  again: ReadonlyMap<PlacedStatement, readonly PlacedStatement[]>,
  statements: readonly PlacedStatement[],
): Pick<GivenLater, 'remade' | 'makers'> {
  const remade = new Set<PlacedStatement>();
  const makers = new Map<PlacedStatement, RemadeView>();
  for (const [drop, found] of again) {
    const gone = viewsGone(drop.judged);
    if (gone.length !== found.length || gone.some(({ materialized }) => materialized)) continue;
    remade.add(drop);
    // A view on a view goes before it.
    for (const [place, maker] of found.entries()) makers.set(maker, { drop, first: place === 0 ? [...gone].reverse() : [] });
  }
  const made = new Map<string, PlacedStatement>();
  for (const statement of makers.size > 0 ? statements : []) {
    const { operations, text } = statement;
    const drop = makers.get(statement)?.drop;
    if (drop) for (const operation of operations) if (operation.type === 'createView') made.set(operation.view.name, drop);
    if (drop || !operations.every(({ type }) => type === 'changePrivileges' || type === 'setComment')) continue;
    const [, of] = [...made].find(([name]) => mentions(text, name)) ?? [];
    if (of) makers.set(statement, { drop: of, first: [] });
  }
  return { remade, makers };
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
