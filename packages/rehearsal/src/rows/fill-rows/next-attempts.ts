import type { StatementError } from '../../engine.js';
import type { Attempt } from '../insert-rows/attempt.js';
import { guesses } from '../insert-rows/column-sql.js';
import type { Placed } from '../table-order.js';

/** What to try next, most promising first. */
export function nextAttempts({ table }: Placed, attempt: Attempt, error: StatementError, ways: number): readonly Attempt[] {
  const { code, message } = error;
  const ladder: Attempt[] = [];
  switch (code) {
    case '23505':
    case '23P01':
      ladder.push({ ...attempt, numbered: true }, { ...attempt, skip: true });
      break;
    case '23514': {
      if (attempt.way + 1 < ways) ladder.push({ ...attempt, way: attempt.way + 1 });
      const named = /constraint "([^"]+)"/.exec(message)?.[1];
      const check = table.constraints?.find((constraint) => constraint.name === named);
      const columns = check && 'columns' in check ? (check.columns ?? []) : [];
      const withDefault = columns.filter((column) => table.columns.find((found) => found.name === column)?.default !== undefined);
      const nullable = columns.filter((column) => !table.columns.find((found) => found.name === column)?.notNull);
      ladder.push({ ...attempt, defaults: new Set([...(attempt.defaults ?? []), ...withDefault]) });
      for (const column of nullable) ladder.push({ ...attempt, nulls: new Set([...(attempt.nulls ?? []), column]) });
      ladder.push({ ...attempt, nulls: new Set([...(attempt.nulls ?? []), ...nullable]) });
      break;
    }
    case '23502':
      ladder.push({ ...attempt, full: true }, { ...attempt, numbered: true });
      break;
    default:
      if (code.startsWith('22')) ladder.push({ ...attempt, digits: true });
      if (code.startsWith('22') || code.startsWith('42')) ladder.push({ ...attempt, bare: true });
      if (attempt.bare) for (let guess = 1; guess < guesses.length; guess++) ladder.push({ ...attempt, guess });
  }
  ladder.push({ ...attempt, full: true }, { ...attempt, bare: true }, { ...attempt, bare: true, skip: true });
  return ladder;
}
