import type { Snapshot } from '@planwright/spec';
import { mentions } from '../expression-names.js';
import type { JudgedMigration } from '../safe-sequence.js';
import { onTableText } from '../verdicts/statement-facts.js';
import { columnIn, nameSql } from './asked.js';
import { isOfEveryRow } from './batches.js';
import type { WrittenStep } from './choose-steps.js';
import type { TableWork } from './mirror.js';
import type { PlacedStep, Stage } from './step.js';

/** New columns (`orders.currency`) that the change lets nobody leave out, without a default that fills them: rows that come before the release that gives them a value have none. */
export function columnsToGive(migrations: readonly JudgedMigration[], before: Snapshot): ReadonlySet<string> {
  const operations = migrations.flatMap(({ statements }) => statements.flatMap(({ statement }) => statement.operations));
  const given = new Set(
    operations.flatMap((one) =>
      one.type === 'setDefault'
        ? [`${onTableText(one)}.${one.column}`]
        : one.type === 'addColumn' && one.column.default !== undefined
          ? [`${onTableText(one)}.${one.column.name}`]
          : [],
    ),
  );
  return new Set(
    operations.flatMap((one) => {
      if (one.type !== 'setNotNull' || columnIn(before, one, one.column) !== undefined) return [];
      const name = `${onTableText(one)}.${one.column}`;
      return given.has(name) ? [] : [name];
    }),
  );
}

/**
 * A table's fills where they must wait for the release that gives new rows a value: each fills what nobody has given a value. Where a trigger keeps columns equal
 * it gives new rows theirs as well.
 */
export function lateFills({ on, mirrors, followers, fills }: TableWork, toGive: ReadonlySet<string>): TableWork['fills'] | undefined {
  const awaited = fills.some(({ fill }) => Object.keys(fill.set).some((column) => toGive.has(`${onTableText(on)}.${column}`)));
  if (!awaited || mirrors.length + followers.length > 0 || !fills.every(({ fill }) => fill.ownColumns)) return undefined;
  return fills.flatMap(({ fill, ...one }) =>
    Object.entries(fill.set).map(([column, value]) => {
      const empty = `${nameSql(column)} IS NULL`;
      return { ...one, fill: { set: { [column]: value }, where: isOfEveryRow(fill) ? empty : `(${fill.where}) AND ${empty}`, ownColumns: true } };
    }),
  );
}

const later: Partial<Record<Stage, Stage>> = {
  'build index': 'build index for release',
  'constraints after backfill': 'constraints for release',
  validate: 'validate for release',
  'use index': 'use index for release',
};

/** Steps and statements that rest on values which wait for the release wait too: what is built over them, what uses that, and what reads them. */
export function afterLateFills(steps: readonly (PlacedStep | WrittenStep)[], filled: ReadonlySet<string>): readonly (PlacedStep | WrittenStep)[] {
  if (filled.size === 0) return steps;
  const names = [...filled].map((name) => ({ table: name.slice(0, name.lastIndexOf('.')), column: name.slice(name.lastIndexOf('.') + 1) }));
  const built = new Set<string>();
  return steps.map((step) => {
    if (step.kind === 'written') {
      const text = step.judged.statement.sql ?? '';
      return step.stage === 'follow' && names.some(({ column }) => mentions(text, column)) ? { ...step, stage: 'as written for release' } : step;
    }
    const stage = later[step.stage];
    if (stage === undefined || step.table === undefined) return step;
    const text = step.kind === 'statement' ? step.sql : step.action;
    const on = onTableText(step.table);
    const rests = names.some(({ table, column }) => table === on && mentions(text, column)) || [...built].some((name) => mentions(text, name));
    if (!rests) return step;
    const index = /\bINDEX (?:CONCURRENTLY )?"?([\w$]+)/.exec(text)?.[1];
    if (step.stage === 'build index' && index !== undefined) built.add(index);
    return { ...step, stage };
  });
}
