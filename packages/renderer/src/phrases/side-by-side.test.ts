import { expect, it } from 'vitest';
import { sideBySide } from './side-by-side.js';

it('finds nothing side by side where all follow one another', () => {
  expect(sideBySide([{ slug: 'expand' }, { slug: 'backfill', dependsOn: ['expand'] }, { slug: 'contract', dependsOn: ['backfill'] }])).toEqual([]);
});

it('keeps together what hangs together', () => {
  expect(
    sideBySide([
      { slug: 'expand' },
      { slug: 'backfill', dependsOn: ['expand'] },
      { slug: 'validate', dependsOn: ['backfill'] },
      { slug: 'index', dependsOn: ['expand'] },
      { slug: 'contract', dependsOn: ['validate', 'index'] },
    ]),
  ).toEqual([['backfill', 'validate'], ['index']]);
});

it('ends where subtasks need each other in a circle', () => {
  expect(
    sideBySide([
      { slug: 'one', dependsOn: ['two'] },
      { slug: 'two', dependsOn: ['one'] },
    ]),
  ).toEqual([]);
});
