import type { Operation, Snapshot } from '@planwright/spec';
import { mentions, mentionsTable } from '../expression-names.js';
import { type JudgedMigration, operationsOf } from '../judged-migration.js';
import { columnText, onTableText } from '../verdicts/statement-facts.js';
import { columnIn, nameSql } from './asked.js';
import { isOfEveryRow } from './batches.js';
import type { Fill, TableWork } from './mirror.js';
import { followsView } from './moved-views.js';
import { rowsChanged } from './row-order.js';
import type { PlacedStep, Stage, WrittenStep } from './step.js';

/** New columns (`orders.currency`) that the change lets nobody leave out, without a default that fills them: rows that come before the release that gives them a value have none. */
export function columnsToGive(migrations: readonly JudgedMigration[], before: Snapshot): ReadonlySet<string> {
  const operations = operationsOf(migrations);
  const given = new Set(
    operations.flatMap((one) =>
      one.type === 'setDefault'
        ? [columnText(one)]
        : one.type === 'addColumn' && one.column.default !== undefined
          ? [`${onTableText(one)}.${one.column.name}`]
          : [],
    ),
  );
  return new Set(
    operations.flatMap((one) => {
      if (one.type !== 'setNotNull' || columnIn(before, one, one.column) !== undefined) return [];
      const name = columnText(one);
      return given.has(name) ? [] : [name];
    }),
  );
}

/** Whether an operation writes a column that rows are given a value in behind the release: before it, rows would come that it does not reach. */
export function givesLate(operation: Operation, toGive: ReadonlySet<string>): boolean {
  return operation.type === 'updateRows' && operation.columns?.some((column) => toGive.has(`${onTableText(operation)}.${column}`)) === true;
}

/**
 * A table's fills where they must wait for the release that gives new rows a value: each fills what nobody has given a value. Columns that a trigger gives new
 * rows wait with them, as all go in one pass. `filled` are the columns that other tables' fills give a value behind the release: who looks one up waits too.
 */
export function lateFills(
  { on, mirrors, followers, fills }: TableWork,
  toGive: ReadonlySet<string>,
  filled: ReadonlySet<string>,
): TableWork['fills'] | { readonly kept: string } | undefined {
  const looksUp = fills.some(({ fill }) => [...filled].some((name) => looksUpIn(fill, name)));
  const followed = new Set([...mirrors.map(({ mirror }) => mirror.interim), ...followers.map(({ follower }) => follower.column)]);
  const isAwaited = (column: string): boolean => !followed.has(column) && toGive.has(`${onTableText(on)}.${column}`);
  if (!looksUp && !fills.some(({ fill }) => Object.keys(fill.set).some(isAwaited))) return undefined;
  if (!fills.every(({ fill }) => fill.ownColumns)) return looksUp ? { kept: 'a statement on it looks up values that wait for a release' } : undefined;
  return fills.flatMap(({ fill, ...one }) =>
    Object.entries(fill.set).map(([column, value]) => {
      if (followed.has(column)) return { ...one, fill: { ...fill, set: { [column]: value } } };
      const empty = `${nameSql(column)} IS NULL`;
      const { everyRow: _, ...rest } = fill;
      return { ...one, fill: { ...rest, set: { [column]: value }, where: isOfEveryRow(fill) ? empty : `(${fill.where}) AND ${empty}` } };
    }),
  );
}

/** Whether a fill looks values of a column up: `orders.currency`. */
function looksUpIn({ set, where, reads = [] }: Fill, name: string): boolean {
  const dot = name.lastIndexOf('.');
  return reads.includes(name.slice(0, dot)) && mentions([...Object.values(set), where].join(' '), name.slice(dot + 1));
}

const later: Partial<Record<Stage, Stage>> = {
  'build index': 'build index for release',
  'constraints after backfill': 'constraints for release',
  validate: 'validate for release',
  prove: 'require',
  'drop proof': 'drop required proof',
  'use index': 'use index for release',
  'take over': 'take over for release',
  follow: 'follow for release',
};

/** Steps and statements that rest on values which wait for the release wait too: what is built over them, what uses that, what reads them, and what changes rows of the tables that they are looked up in. */
export function afterLateFills(
  steps: readonly (PlacedStep | WrittenStep)[],
  filled: ReadonlySet<string>,
  lookedUp: ReadonlySet<string>,
): readonly (PlacedStep | WrittenStep)[] {
  if (filled.size === 0) return steps;
  const names = [...filled].map((name) => ({ table: name.slice(0, name.lastIndexOf('.')), column: name.slice(name.lastIndexOf('.') + 1) }));
  const tables = new Set([...names.map(({ table }) => table), ...lookedUp]);
  const mentionsOneOf = (text: string, some: Iterable<string>): boolean => [...some].some((table) => mentionsTable(text, table));
  const built = new Set<string>();
  const moved = new Set<string>();
  const all = steps.map((step): PlacedStep | WrittenStep => {
    if (step.kind === 'written') {
      const text = step.judged.statement.sql ?? '';
      const onRows = step.stage === 'rows after backfill';
      const waits =
        (onRows && mentionsOneOf(text, tables)) ||
        (step.stage === 'follow' && (names.some(({ column }) => mentions(text, column)) || mentionsOneOf(text, lookedUp)));
      // Whoever meets the rows that it writes comes after it.
      if (waits && onRows) for (const table of step.judged.statement.operations.flatMap(rowsChanged)) tables.add(table);
      return waits ? { ...step, stage: 'as written for release' } : step;
    }
    const stage = later[step.stage];
    if (stage === undefined || step.table === undefined) return step;
    const text = step.kind === 'statement' ? step.sql : step.action;
    const on = onTableText(step.table);
    const rests =
      step.stage !== 'follow' && (names.some(({ table, column }) => table === on && mentions(text, column)) || [...built].some((name) => mentions(text, name)));
    // What takes the place of another takes it when it stands, and that goes no sooner.
    const follows = (step.stage === 'take over' || step.stage === 'follow') && step.from.some((id) => moved.has(id));
    if (!rests && !follows) return step;
    for (const id of step.from) moved.add(id);
    const made = /\b(?:INDEX CONCURRENTLY|ADD CONSTRAINT) "?([\w$]+)/.exec(text)?.[1];
    if (made !== undefined) built.add(made);
    return { ...step, stage };
  });
  return withTheirViews(all);
}

/** A view that is made again only behind the gate goes no sooner, nor do the views on it, and what is granted on it is granted after. */
function withTheirViews(steps: readonly (PlacedStep | WrittenStep)[]): readonly (PlacedStep | WrittenStep)[] {
  const late = steps.flatMap((step) =>
    step.kind === 'written' && step.stage === 'as written for release'
      ? step.judged.statement.operations.flatMap((operation) => (operation.type === 'createView' ? [operation.view.name] : []))
      : [],
  );
  const all = steps.map((step): PlacedStep | WrittenStep => {
    if (step.kind !== 'written' || (step.stage !== 'as written' && step.stage !== 'follow')) return step;
    const { sql = '', operations } = step.judged.statement;
    const isOfViews = operations.every(({ type }) => type === 'dropView' || followsView.has(type));
    return isOfViews && late.some((view) => mentions(sql, view)) ? { ...step, stage: 'as written for release' } : step;
  });
  // A view that goes there now may have others on it.
  return all.some((step, place) => step !== steps[place]) ? withTheirViews(all) : steps;
}
