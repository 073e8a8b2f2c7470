import { expect, it } from 'vitest';
import { readForTest, tableIn } from '../read-for-test.js';

const events = `CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM ('1990-01-01') TO ('2020-01-01');`;

it('validates the check of partitions with that of the table', async () => {
  const { snapshot } = await readForTest(
    'ALTER TABLE events ADD CONSTRAINT present CHECK (id > 0) NOT VALID; ALTER TABLE events VALIDATE CONSTRAINT present;',
    events,
  );
  expect(tableIn(snapshot, 'events_old').constraints).toEqual([{ type: 'check', name: 'present', expression: 'id > 0', columns: ['id'] }]);
});

it('gives a key of ONLY a partitioned table to nobody else, and says ONLY of no other table', async () => {
  const { snapshot, operations } = await readForTest(
    'ALTER TABLE ONLY events ADD UNIQUE (id, at); ALTER TABLE ONLY events_old ADD CONSTRAINT own CHECK (id > 0);',
    events,
  );
  expect(operations.map((operation) => operation.type === 'addConstraint' && operation.only)).toEqual([true, undefined]);
  expect(tableIn(snapshot, 'events').constraints).toHaveLength(1);
  expect(tableIn(snapshot, 'events_old').constraints).toHaveLength(1);
});
