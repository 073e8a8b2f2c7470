import type { Duration, LockVerdict, Operation, Statement, TableFacts, Verdicts } from '@planwright/spec';

/**
 * Below this many seconds a scan or rewrite is quick: nobody who waits for it that long calls it an outage, and a `lock_timeout` of two seconds
 * for those who wait is not met.
 */
export const quickSeconds = 1;

/** Bytes that are worked through in a second, as a range. */
interface Rate {
  readonly min: number;
  readonly max: number;
}

const megabyte = 1_000_000;

/*
 * Rates are assumed, not measured on the server at hand, and wide on purpose: the lower end is a small cloud volume under load, the upper end a local SSD with
 * the table in memory. Sizes are those with indexes, so that a read of the table alone takes less than what is said.
 */
const rates = {
  /** A sequential read that looks at every row. */
  read: { min: 100 * megabyte, max: 500 * megabyte },
  /** Every row is written anew and logged, and every index of the table is built again. */
  rewrite: { min: 20 * megabyte, max: 100 * megabyte },
  /** The rows are read, the keys sorted, and the index written and logged. */
  build: { min: 30 * megabyte, max: 150 * megabyte },
  /** UPDATE and DELETE find, lock and log row by row, and UPDATE makes entries in every index. */
  rows: { min: 5 * megabyte, max: 50 * megabyte },
} as const satisfies Record<string, Rate>;

/** Bytes of a row with its share of the indexes, where only the number of rows is known. */
const bytesOfRow = { min: 50, max: 500 } as const;

const verbs = { read: 'read', rewrite: 'written anew with its indexes', build: 'read and indexed', rows: 'changed row by row' } as const;

/**
 * How long a statement works on the tables that it reads in full or writes anew, in seconds. Nothing when it does neither, when the size of one of
 * them is not known, or when a query of its own decides. `operations` tell an index build and changed rows from a mere read.
 */
export function estimateOf(
  lock: Pick<LockVerdict, 'scans' | 'rewrites'>,
  stats: ReadonlyMap<string, TableFacts>,
  operations: readonly Operation[] = [],
): Duration | undefined {
  const worked = [...(lock.rewrites ?? []), ...(lock.scans ?? [])];
  if (worked.length === 0 || stats.size === 0 || operations.some(({ type }) => type === 'refreshView')) return undefined;
  const scan = scanRate(operations);
  let min = 0;
  let max = 0;
  const parts: string[] = [];
  for (const [index, relation] of worked.entries()) {
    const size = sizeOf(stats.get(relation));
    if (!size) return undefined;
    const kind = index < (lock.rewrites ?? []).length ? 'rewrite' : scan;
    min += size.min / rates[kind].max;
    max += size.max / rates[kind].min;
    parts.push(`${size.text} of ${relation} ${verbs[kind]} at ${rates[kind].min / megabyte} to ${rates[kind].max / megabyte} MB a second`);
  }
  return { min: rounded(min), max: rounded(max), basis: 'predicted', from: parts.join('; ') };
}

/** The verdicts with how long the lock is held, where the sizes of the tables that are worked through are known. */
export function withDuration(
  { verdicts, operations }: Pick<Statement, 'verdicts' | 'operations'>,
  stats: ReadonlyMap<string, TableFacts>,
): Verdicts | undefined {
  if (!verdicts?.lock || stats.size === 0) return verdicts;
  const duration = estimateOf(verdicts.lock, stats, operations);
  return duration ? { ...verdicts, lock: { ...verdicts.lock, duration } } : verdicts;
}

/** Whether a statement is estimated below `quickSeconds`. One that reads and writes no table in full is; one of which size or lock is not known is not. */
export function isQuick({ verdicts, operations }: Pick<Statement, 'verdicts' | 'operations'>, stats: ReadonlyMap<string, TableFacts>): boolean {
  const lock = verdicts?.lock;
  if (!lock) return false;
  if (!lock.scans?.length && !lock.rewrites?.length) return true;
  const estimate = estimateOf(lock, stats, operations);
  return estimate !== undefined && estimate.max < quickSeconds;
}

function scanRate(operations: readonly Operation[]): 'read' | 'build' | 'rows' {
  if (operations.some(({ type }) => type === 'updateRows' || type === 'deleteRows')) return 'rows';
  const builds = operations.some(
    (operation) =>
      operation.type === 'createIndex' ||
      operation.type === 'reindex' ||
      (operation.type === 'addConstraint' && ['unique', 'primaryKey', 'exclusion'].includes(operation.constraint.type)),
  );
  return builds ? 'build' : 'read';
}

function sizeOf(facts: TableFacts | undefined): { readonly min: number; readonly max: number; readonly text: string } | undefined {
  if (facts?.bytes !== undefined) return { min: facts.bytes, max: facts.bytes, text: sizeText(facts.bytes) };
  if (facts?.rows === undefined) return undefined;
  return { min: facts.rows * bytesOfRow.min, max: facts.rows * bytesOfRow.max, text: `${facts.rows} rows of ${bytesOfRow.min} to ${bytesOfRow.max} bytes` };
}

function sizeText(bytes: number): string {
  const units = [
    { unit: 'TB', size: 1e12 },
    { unit: 'GB', size: 1e9 },
    { unit: 'MB', size: 1e6 },
    { unit: 'kB', size: 1e3 },
  ];
  const { unit, size } = units.find((candidate) => bytes >= candidate.size) ?? { unit: 'bytes', size: 1 };
  return `${Number((bytes / size).toPrecision(3))} ${unit}`;
}

/** Two figures that mean something; more would be a promise. */
function rounded(seconds: number): number {
  return Number(seconds.toPrecision(2));
}
