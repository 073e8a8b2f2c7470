import { notKnown } from './duration.js';

/** "2,000,000 rows", "1 row". The plural is given where it is not the word with an s. */
export function count(number: number | undefined, noun: string, plural = pluralOf(noun)): string {
  return number === undefined ? notKnown : `${grouped(number)} ${number === 1 ? noun : plural}`;
}

/** "201.0 MB": thousands of 1024, as PostgreSQL's pg_size_pretty counts. */
export function bytes(number: number | undefined): string {
  if (number === undefined) return notKnown;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = number;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return unit === 0 ? `${value} B` : `${value.toFixed(1)} ${units[unit]}`;
}

/** "2,000,000". */
export function grouped(number: number): string {
  const [whole = '', fraction] = String(number).split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
}

function pluralOf(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
