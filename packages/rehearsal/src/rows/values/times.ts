import { endless } from '../values.js';
import type { Bound, Wish } from '../wish.js';
import { expressed, type Maker, type Makers } from './makers.js';

const days: Maker = ({ spelt }, wish) => {
  const { low, high } = wish;
  const at = (number: string) => {
    if (low) return `(${low.sql})::date + (${number})::int${low.included ? '' : ' + 1'}`;
    if (high) return `(${high.sql})::date - (${number})::int${high.included ? '' : ' - 1'}`;
    return `date '2024-01-01' + (${number})::int`;
  };
  const count = countOf(wish, (apart) => Math.floor(apart) - (high?.included ? 0 : 1) + (low?.included ? 1 : 0)) ?? 1e6;
  return { count, nth: (number) => `(${at(number)})::${spelt}`, some: (number) => `(${at(`${number} % ${Math.min(count, 700)}`)})::${spelt}` };
};

const moments: Maker = ({ base, spelt }, wish) => {
  const { low, high } = wish;
  const at = (number: string) => {
    if (low) return `(${low.sql})::${base} + (${number} + ${low.included ? 0 : 1}) * interval '1 second'`;
    if (high) return `(${high.sql})::${base} - (${number} + ${high.included ? 0 : 1}) * interval '1 second'`;
    return `${base} '2024-01-01 08:00:00${base === 'timestamptz' ? '+00' : ''}' + (${number}) * interval '1 second'`;
  };
  const count = countOf(wish, (apart) => Math.floor(apart * 86400) - 1) ?? 1e9;
  return { count, nth: (number) => `(${at(number)})::${spelt}`, some: (number) => `(${at(`${number} % ${Math.min(count, 60000000)}`)})::${spelt}` };
};

const timeOfDay = expressed(86400, (number) => `time '00:00' + (${number} % 86400) * interval '1 second'`);

/** Days and moments from a bound on, or from the beginning of 2024. */
export const times: Makers = {
  date: days,
  timestamp: moments,
  timestamptz: moments,
  time: timeOfDay,
  timetz: timeOfDay,
  interval: expressed(endless, (number) => `(1 + ${number} % 1000000000) * interval '1 minute'`),
};

/** How many there are between two bounds, so many days apart: one where nobody knows the days. Undefined where a bound is missing. */
function countOf({ low, high }: Wish, of: (apart: number) => number): number | undefined {
  if (!low || !high) return undefined;
  const [from, to] = [dayOf(low), dayOf(high)];
  return from === undefined || to === undefined ? 1 : Math.max(1, of(to - from));
}

/** The day, from 1970, that a bound names. */
function dayOf({ sql }: Bound): number | undefined {
  const [, text] = /^'(\d{4}-\d\d-\d\d[^']*)'/.exec(sql) ?? [];
  if (text === undefined) return undefined;
  const time = Date.parse(text.length === 10 ? `${text}T00:00:00Z` : isoOf(text));
  return Number.isNaN(time) ? undefined : time / 86400000;
}

/** `2026-02-01 12:30:00+02` as JavaScript reads it; what names no zone is in UTC. */
function isoOf(text: string): string {
  return text
    .replace(' ', 'T')
    .replace(/([+-]\d\d)$/, '$1:00')
    .replace(/(:\d\d(\.\d+)?)$/, '$1Z');
}
