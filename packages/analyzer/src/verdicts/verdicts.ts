import type { Verdicts } from '@planwright/spec';
import { lockVerdict } from '../lock-facts/postgresql/index.js';
import { codeVerdict } from './postgresql/code.js';
import { dataVerdict } from './postgresql/data.js';
import type { StatementFacts } from './statement-facts.js';

/** The three verdicts on a statement. One that cannot be told is absent. */
export function verdictsOf(facts: StatementFacts, sql: string): Verdicts {
  const lock = lockVerdict(facts, sql);
  const data = dataVerdict(facts, sql);
  const code = codeVerdict(facts);
  if (lock && data && code) return { lock, data, code };
  return { ...(lock ? { lock } : {}), ...(data ? { data } : {}), ...(code ? { code } : {}) };
}
