import { locksInTurn, strongestLocks } from '@planwright/analyzer';
import type { DataVerdict, LockVerdict, Verdicts } from '@planwright/spec';
import { distinct } from '../words.js';

const outcomes = ['safe', 'may fail', 'loses'] as const;
const bases = ['observed', 'predicted', 'assumed'] as const;

/**
 * Verdicts of several statements or migrations as one. On data and code, a part that one of them lacks is lacking: what is not known of one is not known of all. What
 * is known of locks is said, with the number of statements of which nothing is. `statements` tells how many each verdict is of; one if absent. `inTurn`: each is of
 * a transaction of its own, so that no lock of one is held while another reads or writes.
 */
export function worstVerdicts(
  list: readonly Verdicts[],
  { statements = [], inTurn = false }: { readonly statements?: readonly number[]; readonly inTurn?: boolean } = {},
): Verdicts {
  const locks = list.flatMap(({ lock }) => lock ?? []);
  const unknown = list.reduce((sum, { lock }, place) => sum + (lock ? (lock.unknown ?? 0) : (statements[place] ?? 1)), 0);
  const data = complete(list.map(({ data: one }) => one));
  const code = complete(list.map(({ code: one }) => one));
  return {
    ...(locks.length > 0 && { lock: worstLock(locks, unknown, inTurn) }),
    ...(data && { data: worstData(data) }),
    ...(code && {
      code: {
        basis: worst(
          bases,
          code.map(({ basis }) => basis),
        ),
        breaksOld: code.some(({ breaksOld }) => breaksOld),
        needsNew: code.some(({ needsNew }) => needsNew),
        ...reasonOf(code.find(({ breaksOld }) => breaksOld) ?? code.find(({ needsNew }) => needsNew) ?? code[0]),
      },
    }),
  };
}

function worstLock(locks: readonly LockVerdict[], unknown: number, inTurn: boolean): LockVerdict {
  const rewrites = distinct(locks.flatMap((lock) => lock.rewrites ?? []));
  const scans = distinct(locks.flatMap((lock) => lock.scans ?? []));
  return {
    basis: worst(
      bases,
      locks.map(({ basis }) => basis),
    ),
    locks: [...(inTurn ? locksInTurn : strongestLocks)(locks.flatMap((verdict) => verdict.locks))],
    ...(rewrites.length > 0 && { rewrites }),
    ...(scans.length > 0 && { scans }),
    ...(unknown > 0 && { unknown }),
    ...(unknown === 0 && locks.every(({ newOnly }) => newOnly) && { newOnly: true }),
  };
}

function worstData(data: readonly DataVerdict[]): DataVerdict {
  const outcome = worst(
    outcomes,
    data.map((one) => one.outcome),
  );
  const deciding = data.find((one) => one.outcome === outcome);
  return {
    basis: worst(
      bases,
      data.map(({ basis }) => basis),
    ),
    outcome,
    ...reasonOf(deciding),
    ...(deciding?.query && { query: deciding.query }),
  };
}

function reasonOf(verdict: { readonly reason?: string } | undefined): { readonly reason?: string } {
  return verdict?.reason ? { reason: verdict.reason } : {};
}

/** The parts, when there is any and none is lacking. */
function complete<Part>(parts: readonly (Part | undefined)[]): readonly Part[] | undefined {
  const known = parts.filter((part): part is Part => part !== undefined);
  return known.length > 0 && known.length === parts.length ? known : undefined;
}

function worst<Value extends string>(order: readonly Value[], values: readonly Value[]): Value {
  // The list is never empty here; `order` ends with its worst.
  return values.reduce((a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a));
}
