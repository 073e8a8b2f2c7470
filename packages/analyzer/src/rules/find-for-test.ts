import type { Finding, TransactionMode } from '@planwright/spec';
import { judge } from '../judged-statement.js';
import { readForTest } from '../read-for-test.js';
import { findHazards } from './find-hazards.js';

export interface FindOptions {
  readonly before?: string;
  readonly transaction?: TransactionMode;
  readonly version?: number;
  readonly advice?: boolean;
}

/** What rules find in a script after another one, in the order of its statements. */
export async function findForTest(
  sql: string,
  { before = '', transaction = 'none', version = 16, advice = false }: FindOptions = {},
): Promise<readonly Finding[]> {
  const { statements } = await readForTest(sql, before);
  const judged = judge(statements, new Set(), 1).statements;
  const at = judged.map(({ statement, facts }) => ({
    id: statement.id ?? '',
    sql: statement.sql ?? '',
    operations: statement.operations,
    verdicts: statement.verdicts ?? {},
    facts,
    migration: '001',
  }));
  const found = findHazards([{ statements: at, transaction }], { version, assumed: false, stats: new Map() }, { advice });
  return at.flatMap(({ id }) => found.get(id) ?? []);
}
