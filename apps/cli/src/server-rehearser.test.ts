import type { Evidence } from '@planwright/spec';
import { expect, it } from 'vitest';
import { withWaits } from './server-rehearser.js';

it('says of each statement how often it met its lock_timeout under load, beside what an application felt', () => {
  const sql = 'ALTER TABLE orders ADD total integer';
  const evidence: Evidence = {
    engine: { name: 'PostgreSQL', version: '16.4' },
    migrations: [
      { subject: 'sequence', migration: '001', statements: [{ sql: "SET LOCAL lock_timeout = '2s'" }, { sql }] },
      { subject: 'sequence', direction: 'down', migration: '001', statements: [{ sql }] },
      { subject: 'change', migration: '001', statements: [{ sql }] },
    ],
    notes: ['One.'],
  };
  const waits: Evidence['waits'] = [{ subject: 'sequence', table: 'orders', who: 'writer', longest: 40 }];
  const whole = withWaits(evidence, { waits, retries: [{ subject: 'sequence', migration: '001', sql, times: 2 }], notes: ['One.', 'Two.'] });
  expect(whole.migrations?.map(({ statements }) => statements.map(({ retries }) => retries))).toEqual([[undefined, 2], [undefined], [undefined]]);
  expect(whole).toMatchObject({ waits, notes: ['One.', 'Two.'] });
});
