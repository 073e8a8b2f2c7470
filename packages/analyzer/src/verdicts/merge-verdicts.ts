import type { Basis, Lock, Verdicts } from '@planwright/spec';
import { strongestLocks } from '../lock-facts/postgresql/lock-list.js';

/** The verdicts on several statements as one: the strongest locks, the worst outcome, every reason once. A verdict that one statement lacks is absent. */
export function mergeVerdicts(all: readonly (Verdicts | undefined)[]): Verdicts {
  const basis: Basis = 'predicted';
  const locks = every(all, 'lock');
  const data = every(all, 'data');
  const code = every(all, 'code');
  const merged: Lock[] = locks ? [...strongestLocks(locks.flatMap((verdict) => verdict.locks))] : [];
  const relations = (part: 'rewrites' | 'scans'): string[] => [...new Set(locks?.flatMap((verdict) => verdict[part] ?? []))];
  const outcome = data?.find((verdict) => verdict.outcome === 'loses')?.outcome ?? data?.find((verdict) => verdict.outcome === 'may fail')?.outcome ?? 'safe';
  const breaking = code?.filter(({ breaksOld }) => breaksOld) ?? [];
  return {
    ...(locks
      ? {
          lock: {
            basis,
            locks: merged,
            ...(relations('rewrites').length === 0 ? {} : { rewrites: relations('rewrites') }),
            ...(relations('scans').length === 0 ? {} : { scans: relations('scans') }),
            ...(merged.length === 0 && locks.some(({ newOnly }) => newOnly) ? { newOnly: true } : {}),
          },
        }
      : {}),
    ...(data ? { data: { basis, outcome, ...reasonsOf(data.filter((verdict) => verdict.outcome !== 'safe')) } } : {}),
    ...(code
      ? {
          code: { basis, breaksOld: breaking.length > 0, needsNew: code.some(({ needsNew }) => needsNew), ...reasonsOf(breaking.length > 0 ? breaking : code) },
        }
      : {}),
  };
}

function every<K extends keyof Verdicts>(all: readonly (Verdicts | undefined)[], key: K): readonly NonNullable<Verdicts[K]>[] | undefined {
  const found = all.flatMap((verdicts) => verdicts?.[key] ?? []);
  // What was gathered under a key are its verdicts; TypeScript does not follow the index through flatMap.
  return found.length === all.length ? (found as NonNullable<Verdicts[K]>[]) : undefined;
}

function reasonsOf(verdicts: readonly { readonly reason?: string }[]): { reason?: string } {
  const reasons = [...new Set(verdicts.flatMap(({ reason }) => reason ?? []))];
  return reasons.length === 0 ? {} : { reason: reasons.join(' ') };
}
