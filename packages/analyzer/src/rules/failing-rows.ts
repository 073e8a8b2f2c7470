import type { Operation } from '@planwright/spec';
import { dataOutcome } from '../verdicts/postgresql/data.js';
import type { Outcome } from '../verdicts/postgresql/outcome.js';
import { onTableText, tableBefore } from '../verdicts/statement-facts.js';
import type { Found, RuleInput } from './rule.js';
import { unknownTable } from './slow-work.js';

type OnTable = Extract<Operation, { readonly table: string }>['type'];

/** What the operation at hand does to rows that exist, told as the verdict is; nothing where it is safe, or where the table is known to be empty. */
export function rowsAtRisk<Type extends OnTable>(input: RuleInput<Type>, outcome: Outcome['outcome']): Found | undefined {
  const { facts, around, target } = input;
  // Each of these kinds has a table; TypeScript does not follow that through `Extract`.
  const operation = input.operation as Extract<Operation, { readonly table: string }>;
  const found = dataOutcome(around, operation);
  const relation = onTableText(operation);
  if (found.outcome !== outcome || target.stats.get(relation)?.rows === 0) return undefined;
  return {
    relation,
    message: (found.reason ?? '').replace(/^Fails\b/, 'It fails'),
    ...(found.sql === undefined ? {} : { query: found.sql }),
    ...(tableBefore(facts, operation) ? {} : { assumed: [unknownTable(relation)] }),
  };
}
