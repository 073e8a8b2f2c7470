import type { Verdicts } from '@planwright/spec';
import { lockVerdict } from '../lock-facts/postgresql/index.js';
import type { Surroundings } from '../lock-facts/postgresql/surroundings.js';
import { codeVerdict } from './postgresql/code.js';
import { dataVerdict } from './postgresql/data.js';

/** The three verdicts on a statement. One that cannot be told is absent. */
export function verdictsOf(around: Surroundings): Verdicts {
  const lock = lockVerdict(around);
  const data = dataVerdict(around);
  const code = codeVerdict(around.facts);
  if (lock && data && code) return { lock, data, code };
  return { ...(lock ? { lock } : {}), ...(data ? { data } : {}), ...(code ? { code } : {}) };
}
