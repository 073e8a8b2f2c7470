import type { LockVerdict, Operation } from '@planwright/spec';
import { expect, it } from 'vitest';
import { disagreements } from './disagreements.js';

const verdict: LockVerdict = { basis: 'predicted', locks: [{ relation: 'events', mode: 'ACCESS EXCLUSIVE', held: 'brief' }] };
const work = {
  locks: [{ relation: 'events', mode: 'SHARE' as const }],
  rewrites: [],
  scans: [],
  held: new Map([['events', new Set(['SHARE'] as const)]]),
};
const detach: Operation = { type: 'detachPartition', table: 'events', partition: { table: 'events_2026' } };
const there = new Set(['events']);

it('names both versions where another ran than the plan is for, and the two lock differently', () => {
  expect(disagreements(verdict, [detach], work, there, { target: 13, ran: 18 })).toEqual([
    '`events`: ACCESS EXCLUSIVE was predicted for PostgreSQL 13, SHARE was seen on PostgreSQL 18.',
  ]);
});

it('names none where they lock alike, or where nobody knows them', () => {
  const plain = ['`events`: ACCESS EXCLUSIVE was predicted, SHARE was seen.'];
  expect(disagreements(verdict, [detach], work, there, { target: 16, ran: 18 })).toEqual(plain);
  expect(disagreements(verdict, [{ type: 'dropTable', table: 'events' }], work, there, { target: 13, ran: 18 })).toEqual(plain);
  expect(disagreements(verdict, [detach], work, there)).toEqual(plain);
});
