import type { Evidence } from '@planwright/spec';
import { describe, expect, it } from 'vitest';
import { shown } from './shown.js';

const evidence: Evidence = {
  engine: { name: 'PGlite', version: '18.6' },
  migrations: [
    { migration: '001', statements: [{ sql: 'ALTER TABLE orders ADD note text' }] },
    { migration: '002', statements: [{ sql: 'CREATE INDEX ON orders (nope)', error: '42703' }] },
  ],
  comparisons: [
    { kind: 'down', migration: '001', what: 'before against after', equal: true },
    { kind: 'down', migration: '002', what: 'before against after', equal: false },
    { kind: 'up again', what: 'the first end against the second', equal: true },
  ],
};

describe('what a checklist may tick', () => {
  it('is nothing where nothing was rehearsed, whatever a person has noted', () => {
    const { up, back, cycle, rows, answers, ref } = shown(undefined);
    expect([up(['001']), back(['001']), cycle(['001']), rows, answers([{ expected: '0', observed: '0' }]), ref(true)]).toEqual([
      false,
      false,
      false,
      false,
      false,
      '',
    ]);
  });

  it('is what ran, led back and gave the same again, for every migration that is asked about', () => {
    const { up, back, cycle, rows, ref } = shown(evidence);
    expect([up(['001']), back(['001']), cycle(['001'])]).toEqual([true, true, true]);
    expect([up(['001', '002']), back(['001', '002']), cycle(['001', '002']), cycle([]), rows]).toEqual([false, false, false, false, false]);
    expect(ref(true)).toBe(' (rehearsed on PGlite 18.6)');
    expect(ref(false)).toBe('');
  });

  it('is an answer as expected, or one that only had to be recorded', () => {
    const { answers } = shown(evidence);
    expect(
      answers([
        { expected: '0', observed: '0' },
        { expected: 'recorded', observed: '920' },
      ]),
    ).toBe(true);
    expect(answers([{ expected: '0', observed: '3' }])).toBe(false);
    expect(answers([{ expected: '0' }])).toBe(false);
  });
});
