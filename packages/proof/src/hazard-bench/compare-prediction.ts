import { isOnRows } from '@planwright/rehearsal';
import type { LockMode, LockVerdict, Operation } from '@planwright/spec';
import type { SeenWork } from './observe-statement.js';

/** One point in which the verdict on a statement and what PostgreSQL did are not the same. */
export interface Difference {
  readonly kind: 'lock' | 'rewrite' | 'scan';
  readonly relation: string;
  /** A lock mode; for work, whether it was predicted and seen. */
  readonly predicted: LockMode | boolean | undefined;
  readonly observed: LockMode | boolean | undefined;
}

/** What is compared. */
export interface Comparison {
  readonly verdict: LockVerdict;
  readonly operations: readonly Operation[];
  /** Without `locks` where they could not be seen. */
  readonly seen: Omit<SeenWork, 'locks'> & Partial<Pick<SeenWork, 'locks'>>;
  /** Relations that were there before the statement. */
  readonly known: ReadonlySet<string>;
  /** Of those, the ones whose reading and writing is compared: what the migration has made itself is small, and verdicts say so. */
  readonly old: ReadonlySet<string>;
}

/**
 * Strongest lock on each relation, what is written anew, what is read in full. ACCESS SHARE is left out on both sides, as in verdicts. A table that is written
 * anew is read too, which says nothing more of it; whether the table at the other end of a foreign key is read in full or through its key is the planner's
 * choice, and no prediction.
 */
export function differencesOf({ verdict, operations, seen, known, old }: Comparison): readonly Difference[] {
  const onRows = operations.some(isOnRows);
  const emptied = new Set(operations.some(({ type }) => type === 'truncateTable') ? seen.rewritten : []);
  const rewritten = seen.rewritten.filter((name) => !emptied.has(name));
  const lookedUp = new Set(operations.flatMap((operation) => lookedUpBy(operation, verdict)));
  return [
    ...(seen.locks ? lockDifferences(verdict, seen.locks, known, onRows) : []),
    ...work('rewrite', verdict.rewrites ?? [], rewritten, old),
    // Rows are read as a query needs them, and a verdict on rows tells the most that it may need.
    ...(onRows
      ? []
      : work(
          'scan',
          verdict.scans ?? [],
          seen.scanned.filter((name) => !rewritten.includes(name)),
          old,
        ).filter(({ relation, predicted }) => predicted || !lookedUp.has(relation))),
  ];
}

function lockDifferences(verdict: LockVerdict, seen: SeenWork['locks'], known: ReadonlySet<string>, onRows: boolean): readonly Difference[] {
  const predicted = modesOf(verdict.locks.filter(({ relation }) => known.has(relation)));
  const there = modesOf(seen);
  return [...new Set([...predicted.keys(), ...there.keys()])].sort().flatMap((relation): readonly Difference[] => {
    const [one, other] = [predicted.get(relation), there.get(relation)];
    // A statement on rows locks what its rows lead to: the prediction is what it may lock at most.
    if (one === other || (onRows && other === undefined)) return [];
    return [{ kind: 'lock', relation, predicted: one, observed: other }];
  });
}

function modesOf(locks: readonly { readonly relation: string; readonly mode: LockMode }[]): ReadonlyMap<string, LockMode> {
  return new Map(locks.flatMap(({ relation, mode }) => (mode === 'ACCESS SHARE' ? [] : [[relation, mode] as const])));
}

function work(kind: 'rewrite' | 'scan', predicted: readonly string[], seen: readonly string[], old: ReadonlySet<string>): readonly Difference[] {
  const [one, other] = [new Set(predicted), new Set(seen)];
  return [...new Set([...one, ...other])]
    .sort()
    .flatMap((relation) =>
      one.has(relation) === other.has(relation) || !old.has(relation)
        ? []
        : [{ kind, relation, predicted: one.has(relation), observed: other.has(relation) } as const],
    );
}

/** Tables at the other end of foreign keys that the operation checks: of those that are locked with its own. */
function lookedUpBy(operation: Operation, { locks }: LockVerdict): readonly string[] {
  switch (operation.type) {
    case 'addConstraint':
      return operation.constraint.type === 'foreignKey' ? [tableText(operation.constraint.references)] : [];
    case 'alterColumnType':
    case 'validateConstraint':
    case 'attachPartition':
      return locks.flatMap(({ relation }) => (relation === tableText(operation) ? [] : [relation]));
    default:
      return [];
  }
}

function tableText({ schema, table }: { readonly schema?: string; readonly table: string }): string {
  return schema === undefined ? table : `${schema}.${table}`;
}

/** As a reader understands it: `orders: predicted to be written anew, was not`. */
export function differenceText({ kind, relation, predicted, observed }: Difference): string {
  if (kind === 'lock') return `${relation}: predicted ${predicted ?? 'no lock'}, observed ${observed ?? 'none'}`;
  const what = kind === 'rewrite' ? 'written anew' : 'read in full';
  return predicted ? `${relation}: predicted to be ${what}, was not` : `${relation}: was ${what}, not predicted`;
}
