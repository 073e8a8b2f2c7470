import { expect, it } from 'vitest';
import { tellWaits } from './tell-waits.js';

it('puts the longest waits as written and as planned side by side, and says what failed', () => {
  expect(
    tellWaits([
      { subject: 'change', table: 'orders', who: 'writer', longest: 2613.4, errors: { '42703': 4 } },
      { subject: 'change', table: 'orders', who: 'reader', longest: 12.1 },
      { subject: 'sequence', table: 'orders', who: 'writer', longest: 46.2 },
      { subject: 'sequence', table: 'orders', who: 'reader', longest: 7.9 },
    ]),
  ).toEqual(['orders: writers waited 2.6 s as written (failed: 42703 ×4), 46 ms as planned', 'orders: readers waited 12 ms as written, 8 ms as planned']);
});
