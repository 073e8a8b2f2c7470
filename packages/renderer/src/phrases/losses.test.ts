import { expect, test } from 'vitest';
import { losses } from './losses.js';

test('what was written to several tables since is said once, beside what else is lost', () => {
  expect(
    losses(['rows written to a since', 'the comment on table a', 'rows written to b since', 'values written to c.x since', 'rows written to d since']),
  ).toEqual(['rows written to a, b and d since', 'the comment on table a', 'values written to c.x since']);
});

test('one loss stays as it is, and the same one twice is one', () => {
  expect(losses(['rows written to a since', 'rows written to a since'])).toEqual(['rows written to a since']);
  expect(losses(undefined)).toEqual([]);
});
