import type { Lock, Verdicts } from '@planwright/spec';
import { expect, it } from 'vitest';
import { worstVerdicts } from './verdicts.js';

function locked(mode: Lock['mode'], held: Lock['held'], relation = 'orders'): Verdicts {
  return { lock: { basis: 'predicted', locks: [{ relation, mode, held }], ...(held === 'scan' ? { scans: [relation] } : {}) } };
}

const locksOf = (list: readonly Verdicts[], inTurn: boolean) =>
  worstVerdicts(list, { inTurn }).lock?.locks.map(({ relation, mode, held }) => `${relation}: ${mode}, ${held}`);

it('holds the strongest lock of a transaction through its longest work', () => {
  expect(locksOf([locked('ACCESS EXCLUSIVE', 'brief'), locked('SHARE UPDATE EXCLUSIVE', 'scan')], false)).toEqual(['orders: ACCESS EXCLUSIVE, scan']);
});

it('holds no lock of one transaction through the work of the next', () => {
  const list = [locked('ACCESS EXCLUSIVE', 'brief'), locked('SHARE UPDATE EXCLUSIVE', 'scan'), locked('SHARE', 'brief'), locked('ACCESS EXCLUSIVE', 'brief')];
  expect(locksOf([...list, locked('SHARE', 'scan', 'tags')], true)).toEqual([
    'orders: ACCESS EXCLUSIVE, brief',
    'orders: SHARE UPDATE EXCLUSIVE, scan',
    'tags: SHARE, scan',
  ]);
});
