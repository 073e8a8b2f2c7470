import type { Finding } from '@planwright/spec';
import type { JudgedStatement } from '../judged-statement.js';

/** Findings that ask for another way. */
export function activeFindings({ statement }: JudgedStatement): readonly Finding[] {
  const accepted = new Set(statement.accepted?.map(({ rule }) => rule));
  return (statement.findings ?? []).filter(({ verdict, rule }) => verdict !== 'advice' && !accepted.has(rule));
}
