import type { Finding, TableFacts } from '@planwright/spec';
import { judge } from '../judged-statement.js';
import { readForTest } from '../read-for-test.js';
import { findHazards } from './find-hazards.js';
import type { StatementAt } from './rule.js';
import type { TransactionFacts } from './transaction-facts.js';

/** Circumstances of a change. Unless they say otherwise each of its statements runs by itself, on PostgreSQL 16. */
export interface CircumstancesForTest {
  readonly transaction?: TransactionFacts['mode'];
  readonly version?: number;
  readonly stats?: readonly TableFacts[];
  readonly advice?: boolean;
}

/** What rules find in a change that meets the schema which `before` makes, statement by statement. */
export async function findForTest(sql: string, before = '', circumstances: CircumstancesForTest = {}): Promise<readonly Finding[]> {
  const { statements } = await readForTest(sql, before);
  const at = judge(statements).statements.map(
    ({ statement, facts, around }, place): StatementAt => ({
      id: statement.id ?? '',
      sql: statement.sql ?? '',
      operations: statement.operations,
      verdicts: statement.verdicts ?? {},
      facts,
      around,
      migration: '0001',
      place,
    }),
  );
  const { transaction = 'none', version = 16, stats = [], advice = false } = circumstances;
  const target = { version, assumed: false, stats: new Map(stats.map((facts) => [facts.table, facts])) };
  return [...findHazards([{ statements: at, transaction }], target, { advice }).values()].flat();
}
