// Roles belong to the whole server: a rehearsal makes none there, and says what it left out for lack of one.
import { type EarlierMigration, openServer, rehearse } from '@planwright/rehearsal';
import type { Context } from '@planwright/spec';
import { expect, it } from 'vitest';
import { startServer } from './server-for-test.js';

const history: readonly EarlierMigration[] = [
  { id: '001', transaction: 'transactional', statements: ['CREATE TABLE orders (id bigint)', 'GRANT SELECT ON orders TO reporting, planwright_test_reader'] },
];
const change: Context['change'] = {
  migrations: [
    {
      id: '002',
      transaction: 'transactional',
      statements: [
        { id: 's1', sql: 'ALTER TABLE orders ADD note text', operations: [] },
        { id: 's2', sql: 'GRANT INSERT ON orders TO reporting', operations: [] },
      ],
    },
  ],
};

it('leaves out what is granted to roles that are not there', { timeout: 120_000 }, async (context) => {
  const started = await startServer();
  if ('reason' in started) return context.skip(started.reason);
  const server = await openServer({ url: started.server.url });
  try {
    const { notes, migrations } = await rehearse({ context: { target: { database: 'postgresql' }, change }, history }, server.open);
    expect(notes?.[0]).toMatch(
      /^Roles that no migration makes are not there on PostgreSQL [\d.]+, and a rehearsal makes none on a server: `planwright_test_reader`, `reporting`\. What is granted to them, or becomes theirs, was not run\.$/,
    );
    expect(notes?.filter((note) => note.includes('did not run'))).toEqual([]);
    expect(migrations?.[0]?.statements).toMatchObject([
      { locks: [{ relation: 'orders', mode: 'ACCESS EXCLUSIVE' }] },
      { error: 'not run: the role `reporting` is not there' },
    ]);
  } finally {
    await server.close();
    await started.server.stop();
  }
});
