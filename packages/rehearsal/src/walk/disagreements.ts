import type { LockVerdict, Operation } from '@planwright/spec';
import { strength, strongest } from '../observe/lock-mode.js';
import { isOnRows } from '../observe/on-rows.js';
import type { Work } from '../observe/session.js';

/** Major versions of PostgreSQL: the one that the plan is for, and the one that ran. */
export interface Versions {
  readonly target?: number | undefined;
  readonly ran?: number | undefined;
}

/**
 * Where what was seen of a statement differs from what was predicted, one sentence each. `there` knows the relations from before its transaction. Where another version of
 * PostgreSQL ran than the plan is for, and the two lock differently for such a statement, the sentence names both.
 */
export function disagreements(
  verdict: LockVerdict,
  operations: readonly Operation[],
  work: Work,
  there: ReadonlySet<string>,
  versions: Versions = {},
): readonly string[] {
  const onRows = operations.some((one) => one.type === 'unknown' || isOnRows(one));
  const said = locks(verdict, work, there, onRows).map((sentence) => (isByVersion(operations, versions) ? withVersions(sentence, versions) : sentence));
  return [...said, ...(onRows ? [] : reads(verdict, looked(verdict, operations, work), there))];
}

/** What PostgreSQL 12 to 18 lock differently: partitions that are detached, and constraints of tables with partitions or heirs. */
const changed: readonly { readonly since: number; readonly types: readonly Operation['type'][] }[] = [
  { since: 14, types: ['detachPartition'] },
  { since: 18, types: ['addConstraint'] },
];

function isByVersion(operations: readonly Operation[], { target, ran }: Versions): boolean {
  if (target === undefined || ran === undefined) return false;
  return changed.some(({ since, types }) => target < since !== ran < since && operations.some(({ type }) => types.includes(type)));
}

function withVersions(sentence: string, { target, ran }: Versions): string {
  return sentence.replace(' was predicted,', ` was predicted for PostgreSQL ${target},`).replace(/ was seen\.$/, ` was seen on PostgreSQL ${ran}.`);
}

/**
 * Without the reads of tables that foreign keys look into. Whether such a table is read in full or through its key is the planner's choice and follows from
 * how many rows there are, so nobody predicts it.
 */
function looked({ locks: predicted, scans = [] }: LockVerdict, operations: readonly Operation[], work: Work): Work {
  const own = new Set(operations.flatMap((one) => ('table' in one && typeof one.table === 'string' ? [one.table] : [])));
  const partners = new Set(predicted.flatMap(({ relation }) => (own.has(relation.split('.').at(-1) ?? relation) ? [] : [relation])));
  const keys = operations.some(({ type }) => lookingUp.has(type));
  return keys ? { ...work, scans: work.scans.filter((name) => !partners.has(name) || scans.includes(name)) } : work;
}

const lookingUp: ReadonlySet<Operation['type']> = new Set(['validateConstraint', 'addConstraint', 'addColumn', 'alterColumnType', 'attachPartition']);

/** ACCESS SHARE is left out on both sides: it stands in nobody's way but that of ACCESS EXCLUSIVE. */
function locks({ locks: predicted }: LockVerdict, work: Work, there: ReadonlySet<string>, onRows: boolean): readonly string[] {
  const sentences: string[] = [];
  const told = new Set<string>();
  for (const { relation, mode } of predicted) {
    told.add(relation);
    const held = work.held.get(relation);
    if (mode === 'ACCESS SHARE' || (!held && !there.has(relation))) continue;
    const added = work.locks.find((lock) => lock.relation === relation)?.mode;
    const stronger = added !== undefined && strength.indexOf(added) > strength.indexOf(mode);
    // A lock that the transaction holds already cannot be seen to be taken again.
    if (held?.has(mode) && !stronger) continue;
    if (stronger) sentences.push(`\`${relation}\`: ${mode} was predicted, ${added} was seen.`);
    // No row was there that asked for it.
    else if (!onRows || held) {
      const seen = added ?? strongest(held ?? []);
      // What is held from before may hide what is weaker.
      if (added === undefined && seen !== undefined && strength.indexOf(seen) >= strength.indexOf(mode)) continue;
      if (!onRows) sentences.push(`\`${relation}\`: ${mode} was predicted, ${seen === undefined || seen === 'ACCESS SHARE' ? 'none' : seen} was seen.`);
    }
  }
  for (const { relation, mode } of work.locks) {
    // A row that its own transaction has written before is looked up again by the keys that it holds, whichever column changes.
    if (onRows && mode === 'ROW SHARE') continue;
    if (mode !== 'ACCESS SHARE' && !told.has(relation)) sentences.push(`\`${relation}\`: no lock was predicted, ${mode} was seen.`);
  }
  return sentences;
}

/** A table that is written anew is read too, which says nothing more of it. */
function reads(verdict: LockVerdict, { rewrites, scans }: Work, there: ReadonlySet<string>): readonly string[] {
  const read = scans.filter((name) => !rewrites.includes(name));
  const predicted = (verdict.scans ?? []).filter((name) => !verdict.rewrites?.includes(name) && !rewrites.includes(name));
  return [
    ...between(verdict.rewrites ?? [], rewrites, there, 'written anew', 'rewrite'),
    ...between(
      predicted,
      read.filter((name) => !verdict.rewrites?.includes(name)),
      there,
      'read in full',
      'scan',
    ),
  ];
}

function between(predicted: readonly string[], seen: readonly string[], there: ReadonlySet<string>, done: string, what: string): readonly string[] {
  return [
    ...seen.flatMap((name) => (predicted.includes(name) ? [] : [`\`${name}\` was ${done}; no ${what} was predicted.`])),
    ...predicted.flatMap((name) => (seen.includes(name) || !there.has(name) ? [] : [`\`${name}\` was not ${done}; a ${what} was predicted.`])),
  ];
}
