import { describe, expect, it } from 'vitest';
import { fill, type Origins } from './fill.js';

const filled = (given: unknown, derived: unknown, lists: 'partial' | 'complete' = 'complete') => {
  const origins: Origins = {};
  return { value: fill(given, derived, '/part', origins, { lists }), origins };
};

describe('filling what is absent', () => {
  it('never overwrites what is given, and takes down where each value came from', () => {
    expect(filled({ risk: 'high' }, { risk: 'low', changeType: 'additive' })).toEqual({
      value: { risk: 'high', changeType: 'additive' },
      origins: { '/part/risk': 'given', '/part/changeType': 'derived' },
    });
  });

  it('takes an empty list for an answer', () => {
    expect(filled([], [{ id: 'R1' }], 'partial').value).toEqual([]);
  });

  it('lays items of a partial list over the derived ones, by id or name', () => {
    expect(
      filled([{ name: 'Error Rate', baseline: 0.3 }, { name: 'Queue Length' }], [{ name: 'Query Performance' }, { name: 'Error Rate', unit: '%' }], 'partial'),
    ).toEqual({
      value: [{ name: 'Query Performance' }, { name: 'Error Rate', unit: '%', baseline: 0.3 }, { name: 'Queue Length' }],
      origins: { '/part/0': 'derived', '/part/1/name': 'given', '/part/1/unit': 'derived', '/part/1/baseline': 'given', '/part/2': 'given' },
    });
  });

  it('takes a complete list as it is', () => {
    expect(filled([{ id: 'R9' }], [{ id: 'R1' }])).toEqual({ value: [{ id: 'R9' }], origins: { '/part': 'given' } });
  });

  it('takes a list of plain values as it is', () => {
    expect(filled(['one'], ['two'], 'partial').value).toEqual(['one']);
  });

  it('escapes pointers', () => {
    expect(filled({}, { 'a/b~c': 1 }).origins).toEqual({ '/part/a~1b~0c': 'derived' });
  });
});
