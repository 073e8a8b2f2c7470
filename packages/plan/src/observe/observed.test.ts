import type { Context, Evidence, Statement, StatementEvidence } from '@planwright/spec';
import { expect, it } from 'vitest';
import { withAnswers, withObservations } from './observed.js';

const statement: Statement = {
  id: 's1',
  sql: 'ALTER TABLE orders ADD note text',
  operations: [],
  verdicts: { lock: { basis: 'predicted', locks: [{ relation: 'orders', mode: 'ACCESS EXCLUSIVE', held: 'brief' }] } },
};
const planned = { sql: statement.sql, from: 's1', down: '', operations: [], verdicts: statement.verdicts };
const given: Context = {
  target: { database: 'postgresql' },
  change: { migrations: [{ id: '002', statements: [statement] }] },
  sequence: { migrations: [{ id: '001', name: 'note', statements: [planned], reversibility: { kind: 'reversible', basis: 'predicted' } }] },
};
const lock = { relation: 'orders', mode: 'ACCESS EXCLUSIVE', held: 'brief' } as const;

function seen(
  evidence: Partial<Evidence>,
  statements: NonNullable<Evidence['migrations']>[number]['statements'] = [{ id: 's1', sql: 'ALTER TABLE orders ADD note text', locks: [lock] }],
): Context {
  const migrations = [{ subject: 'sequence' as const, migration: '001', statements, milliseconds: 2.3 }, ...(evidence.migrations ?? [])];
  return { ...given, evidence: { engine: { name: 'PGlite', version: '18.6' }, ...evidence, migrations } };
}

it('leaves a plan that nobody rehearsed as it is', () => {
  expect(withObservations(given)).toBe(given);
});

it('says observed of a lock that was seen as predicted, in the change and in the sequence', () => {
  const { change, sequence } = withObservations(seen({}));
  expect(change.migrations[0]?.statements[0]?.verdicts?.lock?.basis).toBe('observed');
  expect(sequence?.migrations[0]?.statements[0]?.verdicts?.lock?.basis).toBe('observed');
  expect(sequence?.migrations[0]?.duration).toEqual({ min: 0.002, max: 0.002, basis: 'observed', from: 'empty tables on PGlite 18.6' });
});

it('puts what was seen in the place of what was predicted otherwise, and says so', () => {
  const disagrees = ['`orders` was written anew; no rewrite was predicted.'];
  const context = seen({}, [{ id: 's1', sql: 'ALTER TABLE orders ADD note text', locks: [{ ...lock, held: 'rewrite' }], rewrites: ['orders'], disagrees }]);
  const { sequence } = withObservations(context);
  expect(sequence?.migrations[0]?.statements[0]?.verdicts?.lock).toEqual({
    basis: 'observed',
    locks: [{ ...lock, held: 'rewrite' }],
    rewrites: ['orders'],
    note: disagrees[0],
  });
  // The time of a rewrite is that of the rows there.
  expect(sequence?.migrations[0]?.duration).toBeUndefined();
});

it('says observed of a lock that its transaction was seen to hold already, and of no other', () => {
  const first = { id: 's0', sql: 'ALTER TABLE orders ADD kind text', operations: [], verdicts: statement.verdicts };
  const weaker = { id: 's0', sql: first.sql, locks: [{ ...lock, mode: 'SHARE' as const }] };
  const later = { id: 's1', sql: statement.sql ?? '', locks: [] };
  const basis = (evidence: readonly StatementEvidence[], transaction: 'transactional' | 'none') => {
    const context: Context = { ...seen({}, [...evidence]), change: { migrations: [{ id: '001', transaction, statements: [first, statement] }] } };
    const { sequence: _, ...alone } = context;
    return withObservations(alone).change.migrations[0]?.statements[1]?.verdicts?.lock?.basis;
  };
  expect(basis([{ ...weaker, locks: [lock] }, later], 'transactional')).toBe('observed');
  expect(basis([weaker, later], 'transactional')).toBe('predicted');
  // Without a transaction the first lock was given back.
  expect(basis([{ ...weaker, locks: [lock] }, later], 'none')).toBe('predicted');
});

it('takes over the way back that restored the schema, once', () => {
  const more = { sql: 'ALTER TABLE orders DROP COLUMN note' };
  const down = (statements: { readonly sql: string }[]) => ({ subject: 'sequence' as const, direction: 'down' as const, migration: '001', statements });
  const context = seen({
    migrations: [down([]), down([more])],
    comparisons: [{ kind: 'down', migration: '001', what: 'before against after', equal: true, strict: true }],
  });
  const once = withObservations(context);
  expect(once.sequence?.migrations[0]).toMatchObject({ reversibility: { kind: 'reversible', basis: 'observed' }, statements: [{ down: more.sql }] });
  expect(withObservations(once).sequence).toEqual(once.sequence);
});

it('does not call a way back reversible that left something', () => {
  const comparisons: Evidence['comparisons'] = [
    {
      kind: 'down',
      migration: '001',
      what: 'before against after',
      equal: false,
      strict: false,
      differences: ['column `orders.note` is there after its down and not before 001.'],
    },
  ];
  expect(withObservations(seen({ comparisons })).sequence?.migrations[0]?.reversibility).toEqual({
    kind: 'lossy',
    loses: ['column `orders.note` is there after its down and not before 001'],
    basis: 'observed',
  });
});

it('notes what queries answered', () => {
  const validation: Context['validation'] = [{ id: 'P1', when: 'pre-flight', sql: 'SELECT 1', expected: '1' }];
  const context = withAnswers({ ...seen({ queries: [{ query: 'P1', observed: '1' }] }), validation });
  expect(context.validation?.[0]?.observed).toBe('1');
});

it('tells a difference of the end once, in the words of what was predicted', () => {
  const predicted = 'The columns of `orders` stand in another order: id, note.';
  const differences = ['table `orders`: the columns stand in another order after the sequence', 'table `orders`: the index `ix_note` is missing'];
  const context = seen({ comparisons: [{ kind: 'same end', what: 'the two ends', equal: false, differences }] });
  const { sequence } = withObservations({ ...context, sequence: { migrations: context.sequence?.migrations ?? [], differences: [predicted] } });
  expect(sequence?.differences).toEqual([predicted, differences[1]]);
});
