import type { Column, Snapshot } from '@planwright/spec';
import { isOfType } from '../rests-on.js';
import { columnText, onTableText } from '../verdicts/statement-facts.js';
import { columnIn } from './asked.js';
import { buildOnEachOther, type Pace } from './batches.js';
import { afterLateFills, givesLate, lateFills } from './late-fills.js';
import { type Mirror, refusingColumns, type TableWork } from './mirror.js';
import { type Again, againWithout } from './staying.js';
import type { PlacedStep, WrittenStep } from './step.js';
import { tableWorkSteps } from './table-work.js';
import type { PlannedWork } from './table-works.js';
import { unlessGiven } from './unless-given.js';
import type { WholeChange } from './whole-change.js';

/** The steps of a change with those of its tables, once nothing more is added to their work; or a table that has to stay as written. `end` is the schema after the change. */
export function finishTables(
  steps: readonly (PlacedStep | WrittenStep)[],
  works: readonly PlannedWork[],
  { toGive, before }: WholeChange,
  end: Snapshot,
  pace: Pace,
): readonly (PlacedStep | WrittenStep)[] | Again {
  const made: PlacedStep[] = [];
  const filledLate = new Set<string>();
  // Where a trigger refuses values, the next release is there before it, and before all batches.
  const early = works.some(({ work, small }) => !small && refusingColumns(work).length > 0);
  const lookedUpLate = new Set<string>();
  for (const step of steps) {
    if (step.kind !== 'written' || step.stage !== 'as written for release') continue;
    for (const one of step.judged.statement.operations)
      if (givesLate(one, toGive) && one.type === 'updateRows') for (const column of one.columns ?? []) filledLate.add(columnText({ ...one, column }));
  }
  for (const { work, table, small } of works) {
    const name = onTableText(work.on);
    const followed = changesWhatFollows(work, steps);
    if (followed !== undefined) return againWithout(name, followed);
    const late = lateFills(work, toGive, filledLate);
    if (late !== undefined && 'kept' in late) return againWithout(name, late.kept);
    for (const { fill } of late ?? []) {
      for (const column of Object.keys(fill.set)) filledLate.add(`${name}.${column}`);
      for (const read of fill.reads ?? []) lookedUpLate.add(read);
    }
    const whole = { ...withDefaults(work, before, end), fills: [...(late ?? (early ? unlessGiven(work, table) : work.fills))] };
    const own = buildOnEachOther(work.fills)
      ? { kept: 'a later statement reads or replaces the values that an earlier one gives, and one pass over the rows would not' }
      : tableWorkSteps(whole, table, small, pace, late !== undefined);
    // Without batches the whole table stays as it was written.
    if ('kept' in own) return againWithout(name, own.kept);
    made.push(...own);
  }
  return afterLateFills([...steps, ...made], filledLate, lookedUpLate);
}

/** Why no trigger can keep a table's columns equal: a statement that stays as written renames or drops one while it does. */
function changesWhatFollows({ on, mirrors, followers }: TableWork, steps: readonly (PlacedStep | WrittenStep)[]): string | undefined {
  const columns = new Set([...mirrors.map(({ mirror }) => mirror.interim), ...followers.map(({ follower }) => follower.column)]);
  if (columns.size === 0) return undefined;
  for (const step of steps) {
    if (step.kind !== 'written') continue;
    for (const operation of step.judged.statement.operations) {
      const changes = operation.type === 'renameColumn' || operation.type === 'dropColumn' || operation.type === 'alterColumnType';
      if (changes && onTableText(operation) === onTableText(on) && columns.has(operation.column))
        return `a later statement changes \`${operation.column}\`, which a trigger would have to keep up with`;
    }
  }
  return undefined;
}

/** The work with the defaults that its columns have in the end and had in the beginning, whatever statements set and dropped in between. */
function withDefaults(work: TableWork, before: Snapshot, end: Snapshot): TableWork {
  const { on, mirrors } = work;
  return {
    ...work,
    mirrors: mirrors.map(({ mirror, ...origin }) => {
      const last = mirror.oldAfterSwap === undefined ? mirror.interim : mirror.old;
      const [one, other] = [columnIn(before, on, mirror.old), columnIn(end, on, last)];
      const unfit = one && other && unfitDefault({ column: one, enums: before.enums }, { column: other, enums: end.enums });
      return { ...origin, mirror: { ...withDefault(mirror, one, other), ...(unfit && { unfitDefault: unfit }) } };
    }),
  };
}

function withDefault({ default: _, ...mirror }: Mirror, start: Column | undefined, end: Column | undefined): Mirror {
  return { ...mirror, hasDefault: start?.default !== undefined, ...(end?.default === undefined ? {} : { default: end.default }) };
}

interface Typed {
  readonly column: Column;
  readonly enums: Snapshot['enums'];
}

/** A default that is a label which the new type lacks: whoever leaves the column out would be refused as soon as another one follows it. */
function unfitDefault(start: Typed, end: Typed): Mirror['unfitDefault'] {
  const [known, wanted] = [start, end].map(({ column, enums }) => enums?.find((one) => isOfType(column.type, one))?.labels);
  const value = literal(start.column.default);
  if (value === undefined || !known || !wanted || wanted.includes(value)) return undefined;
  const instead = literal(end.column.default);
  return { value, ...(instead !== undefined && known.includes(instead) ? { instead } : {}) };
}

/** The text of a plain literal, whatever it is cast to. */
function literal(expression = ''): string | undefined {
  return /^'((?:[^']|'')*)'(?:::[\w".]+)?$/.exec(expression)?.[1]?.replaceAll("''", "'");
}
