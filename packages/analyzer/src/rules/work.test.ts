import { describe, expect, it } from 'vitest';
import { judge } from '../judged-statement.js';
import { readForTest } from '../read-for-test.js';
import { findHazards } from './find-hazards.js';
import type { StatementAt } from './rule.js';

/** One statement of a long file, by its number. */
const files: Readonly<Record<string, (number: number) => string>> = {
  'rows of a new table': (n) => `INSERT INTO fresh VALUES (${n});`,
  'rows of a table': (n) => `UPDATE orders SET note = '${n}';`,
  'new tables': (n) => `CREATE TABLE made_${n} (id int);`,
  'new defaults': (n) => `ALTER TABLE orders ALTER COLUMN note SET DEFAULT '${n}';`,
  'dropped tables': (n) => `DROP TABLE IF EXISTS gone_${n}; DROP TABLE gone_${n};`,
  'dropped triggers': (n) => `DROP TRIGGER gone_${n} ON orders;`,
  'dropped views': (n) => `DROP VIEW gone_${n};`,
  'dropped types': (n) => `DROP TYPE gone_${n};`,
  'dropped functions': (n) => `DROP FUNCTION gone_${n}();`,
  'dropped policies': (n) => `DROP POLICY gone_${n} ON orders;`,
  'dropped constraints': (n) => `ALTER TABLE orders DROP CONSTRAINT gone_${n};`,
  'renamed tables': (n) => `ALTER TABLE gone_${n} RENAME TO here_${n};`,
  labels: (n) => `ALTER TYPE state ADD VALUE 'label ${n}';`,
  settings: (n) => `SET LOCAL app.setting_${n} = '1';`,
  'begun transactions': () => 'BEGIN;',
  'ended transactions': () => 'COMMIT;',
  revocations: (n) => `REVOKE SELECT ON orders FROM role_${n};`,
  indexes: (n) => `CREATE INDEX by_note_${n} ON orders (note);`,
  validations: (n) => `ALTER TABLE orders VALIDATE CONSTRAINT gone_${n};`,
};

/** How often statements are looked into while rules are asked about a file. */
async function looks(write: (number: number) => string, length: number): Promise<number> {
  const sql = Array.from({ length }, (_, number) => write(number)).join('\n');
  const { statements } = await readForTest(sql, "CREATE TABLE orders (id bigint PRIMARY KEY, note text); CREATE TYPE state AS ENUM ('open');");
  let count = 0;
  const counted = judge(statements).statements.map(({ statement, facts, around }, place): StatementAt => {
    const { id = '', sql: text = '', operations, verdicts = {} } = statement;
    return {
      id,
      sql: text,
      get operations() {
        count += 1;
        return operations;
      },
      get verdicts() {
        count += 1;
        return verdicts;
      },
      facts,
      around,
      migration: '0001',
      place,
    };
  });
  findHazards([{ statements: counted, transaction: 'transactional' }], { version: 16, assumed: false, stats: new Map() }, { advice: true });
  return count;
}

describe('a file of twice as many statements', () => {
  it.each(Object.entries(files))('is looked into twice as often: %s', async (_, write) => {
    const once = await looks(write, 40);
    const twice = await looks(write, 80);
    expect(once).toBeGreaterThanOrEqual(40);
    // A quadratic rule looks four times as often.
    expect(twice / once).toBeLessThan(2.1);
  });
});
