import type { Operation, View } from '@planwright/spec';
import { queryWithoutStar } from '@planwright/sql/postgresql';
import { mentions } from '../expression-names.js';
import type { JudgedMigration } from '../judged-migration.js';
import type { JudgedStatement } from '../judged-statement.js';
import type { On } from '../lock-facts/postgresql/surroundings.js';
import { onTableText, tableText } from '../verdicts/statement-facts.js';
import { hasStar, viewReads } from '../view-reads.js';
import type { StatementStep } from './step.js';

/** Views that a change drops around a type change and makes again: their statements run in the transaction in which the new column takes the name. */
export interface MovedViews {
  /** By the id of the statement that each stands for; those on a table that is stuck stay with it. */
  readonly steps: ReadonlyMap<string, StatementStep>;
  /** Tables whose type changes stay as written, since the views on them cannot be moved, with the reason. */
  readonly stuck: ReadonlyMap<string, string>;
}

/** A view that is dropped, and the columns (`orders.total_cents`) that the change replaces under it. */
interface Dropped {
  readonly view: View;
  /** Id of the statement that drops it. */
  readonly id: string;
  readonly under: ReadonlySet<string>;
}

const none: MovedViews = { steps: new Map(), stuck: new Map() };

/** What follows a view that is made again; anything else that names it may need it at its place. */
export const followsView: ReadonlySet<Operation['type']> = new Set(['changePrivileges', 'setComment', 'createView', 'setTableOption', 'createTrigger']);

/** Finds the views. `retyped` holds the columns that another one replaces under their own name. */
export function movedViews(migrations: readonly JudgedMigration[], retyped: ReadonlySet<string>): MovedViews {
  if (retyped.size === 0) return none;
  const all = migrations.flatMap(({ statements }) => statements);
  const dropped = droppedViews(all, retyped);
  if (dropped.size === 0) return none;
  const steps = new Map<string, StatementStep>();
  const stuck = new Map<string, string>();
  const made = new Map<string, Dropped>();
  for (const { statement } of all) {
    const { id = '', sql = '', operations } = statement;
    const goes = operations.flatMap((operation) => (operation.type === 'dropView' ? (dropped.get(tableText(operation)) ?? []) : []));
    const [view, second] = operations.flatMap((operation) => (operation.type === 'createView' ? [operation.view] : []));
    const comes = view && !second ? dropped.get(tableText(view)) : undefined;
    const named = comes ?? [...made.values()].find((one) => mentions(sql, one.view.name));
    if (goes.length > 0) {
      for (const one of goes) move(id, operations.length === goes.length ? sql : undefined, one, 'drop views');
    } else if (named) {
      // What is granted on a view goes with it.
      const down = operations.every(({ type }) => type === 'changePrivileges') ? { down: '' } : {};
      if (operations.every(({ type }) => followsView.has(type))) move(id, view ? textOf(sql, view, named) : sql, named, 'make views', down);
      else stick(named, `a later statement needs the view \`${named.view.name}\`, which waits for the release`);
    }
    if (comes && view) made.set(tableText(view), comes);
  }
  for (const [name, one] of dropped) {
    const step = made.has(name) ? undefined : steps.get(one.id);
    if (step) steps.set(one.id, { ...step, need: { release: `does without \`${name}\`` } });
  }
  return { steps, stuck };

  function move(id: string, sql: string | undefined, one: Dropped, stage: 'drop views' | 'make views', down: Pick<StatementStep, 'down'> = {}): void {
    const [table = '', other] = tablesOf(one);
    if (other !== undefined) stick(one, `the view \`${one.view.name}\` reads columns of several tables whose types change`);
    else if (one.view.materialized) stick(one, byHand(one.view.name));
    else if (sql === undefined || sql === '') stick(one, `the statement that makes or drops the view \`${one.view.name}\` cannot be moved by itself`);
    steps.set(id, { kind: 'statement', stage, table: onOfName(table), sql: sql ?? '', ...(stage === 'drop views' ? { why: whyHere } : {}), ...down });
  }

  function stick(one: Dropped, reason: string): void {
    for (const table of tablesOf(one)) stuck.set(table, reason);
  }
}

const whyHere =
  'PostgreSQL changes no column under a view. It goes and comes in this transaction, so nobody misses it; privileges that the change does not grant again go with it.';

function byHand(name: string): string {
  return `the materialized view \`${name}\` reads the column, and making it again in the switch would read the table while everybody waits. By hand: a second one on the new column with the same indexes before the switch, and in the switch DROP and RENAME`;
}

/** Views that are dropped before the type of a column under them changes: those that read it, and those on these. */
function droppedViews(all: readonly JudgedStatement[], retyped: ReadonlySet<string>): ReadonlyMap<string, Dropped> {
  const views = new Map<string, { view: View; id: string }>();
  const found = new Map<string, Dropped>();
  for (const { statement, before } of all) {
    for (const operation of statement.operations) {
      if (operation.type === 'dropView') {
        const view = before.views?.find((one) => tableText(one) === tableText(operation));
        if (view) views.set(tableText(view), { view, id: statement.id ?? '' });
      }
      if (operation.type !== 'alterColumnType' || views.size === 0) continue;
      const table = onTableText(operation);
      const column = `${table}.${operation.column}`;
      if (!retyped.has(column)) continue;
      const under = new Set<string>();
      // A view on a view that goes has gone before it.
      for (const [name, { view, id }] of [...views].reverse()) {
        if (!viewReads(view, table, operation.column) && ![...under].some((other) => view.dependsOn?.includes(other))) continue;
        under.add(name);
        found.set(name, { view, id, under: new Set([...(found.get(name)?.under ?? []), column]) });
      }
    }
  }
  return found;
}

/** CREATE VIEW with the columns of its star named, which is read when the table has others; nothing where they cannot be. */
function textOf(sql: string, view: View, dropped: Dropped): string | undefined {
  if (!hasStar(view.query)) return sql;
  const query = queryWithoutStar(view);
  const plain = query !== undefined && !hasStar(query) && sql.includes(view.query);
  if (plain) return sql.replace(view.query, () => query);
  // The star of a view on a view is not of the table.
  return tablesOf(dropped).some((table) => view.dependsOn?.includes(table)) ? undefined : sql;
}

/** The tables whose columns are replaced under a view. */
function tablesOf({ under }: Dropped): readonly string[] {
  return [...new Set([...under].map((column) => column.slice(0, column.lastIndexOf('.'))))];
}

function onOfName(name: string): On {
  const dot = name.indexOf('.');
  return dot < 0 ? { table: name } : { schema: name.slice(0, dot), table: name.slice(dot + 1) };
}
