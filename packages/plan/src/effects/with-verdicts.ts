import type { DataVerdict, PlannedStatement, Statement } from '@planwright/spec';
import { distinct } from '../words.js';
import type { Effect } from './effect.js';

/** The effect of an operation with what rules, a rehearsal or a person said of its statement. A statement of several operations leaves each its own reasons. */
export function withVerdicts(effect: Effect, statement: PlannedStatement | Statement): Effect {
  const { code, data, lock } = statement.verdicts ?? {};
  const alone = statement.operations.length === 1;
  const { breaking: _breaking, noBridge, ...unbroken } = effect;
  const judged: Effect =
    code === undefined || effect.kind === 'none'
      ? effect
      : {
          ...unbroken,
          // What breaks no release needs none that fits on both sides.
          ...(noBridge && code.breaksOld ? { noBridge } : {}),
          breaking: alone ? code.breaksOld : code.breaksOld && effect.breaking !== false,
          needsNew: alone ? code.needsNew : code.needsNew && effect.needsNew === true,
          ...(alone && code.reason ? { code: code.reason } : {}),
        };
  const kind = judged.kind === 'adds' && judged.breaking ? 'changes' : judged.kind;
  const { work, ...instant } = judged;
  // A lock verdict without a scan or a rewrite says that the size of a table does not matter; rows are no matter of locks.
  const quick = lock !== undefined && !lock.scans?.length && !lock.rewrites?.length && !judged.ofRows;
  const known = { ...instant, kind, ...(work && !quick ? { work } : {}) };
  if (data && alone)
    return { ...known, data: data.outcome, ...(data.reason ? { dataReason: data.reason } : {}), ...(data.sql === undefined ? {} : { dataQuery: data.sql }) };
  // What no row makes fail as a whole fails in none of its parts.
  if (data?.outcome !== 'safe' || known.data !== 'may fail') return known;
  const { dataReason: _fails, ...safe } = known;
  return { ...safe, data: 'safe' };
}

/** The first effect's statement-level counterpart, when no verdict was given: what the operations conclude together. */
export function codeVerdictOf(effects: readonly Effect[]) {
  const known = effects.filter((effect) => effect.kind !== 'none');
  if (known.some((effect) => effect.breaking === undefined)) return undefined;
  const breaking = known.filter((effect) => effect.breaking);
  const reason = (breaking[0] ?? known.find((effect) => effect.needsNew) ?? known[0])?.code;
  return {
    basis: 'predicted' as const,
    breaksOld: breaking.length > 0,
    needsNew: known.some((effect) => effect.needsNew === true),
    ...(reason ? { reason } : {}),
  };
}

/** The data verdict that the operations conclude together: the worst of theirs. */
export function dataVerdictOf(effects: readonly Effect[]) {
  const known = effects.filter((effect) => effect.kind !== 'none');
  if (known.some((effect) => effect.data === undefined)) return undefined;
  const outcome = known.some(({ data }) => data === 'loses') ? 'loses' : known.some(({ data }) => data === 'may fail') ? 'may fail' : 'safe';
  const reasons = outcome === 'safe' ? [] : distinct(known.flatMap(({ data, dataReason }) => (data === outcome && dataReason ? [dataReason] : [])));
  return { basis: 'predicted' as const, outcome: outcome as DataVerdict['outcome'], ...(reasons.length > 0 ? { reason: reasons.join(' ') } : {}) };
}
