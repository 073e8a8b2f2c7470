import { expressed, type Makers } from './makers.js';

const numberRange = expressed(2e8, (number) => `'[' || ${number} % 200000000 * 10 || ',' || ${number} % 200000000 * 10 + 5 || ')'`);
const numberMultirange = expressed(2e8, (number) => `'{[' || ${number} % 200000000 * 10 || ',' || ${number} % 200000000 * 10 + 5 || ')}'`);
const momentRange = momentsBetween("'[", ")'");
const momentMultirange = momentsBetween("'{[", ")}'");

/** Ranges that lie apart from each other, for exclusion constraints. */
export const ranges: Makers = {
  int4range: numberRange,
  int8range: numberRange,
  numrange: numberRange,
  int4multirange: numberMultirange,
  int8multirange: numberMultirange,
  nummultirange: numberMultirange,
  daterange: expressed(1e6, days),
  datemultirange: expressed(1e6, (number) => `'{' || ${days(number)} || '}'`),
  tsrange: momentRange,
  tstzrange: momentRange,
  tsmultirange: momentMultirange,
  tstzmultirange: momentMultirange,
};

function days(number: string): string {
  const from = `date '2024-01-01' + (${number} % 1000000 * 2)::int`;
  return `'[' || ${from} || ',' || ${from} + 1 || ')'`;
}

function momentsBetween(open: string, close: string) {
  const at = (number: string, hours: number) => `(timestamp '2024-01-01' + (${number} % 50000000 * 2 + ${hours}) * interval '1 hour')`;
  return expressed(5e7, (number) => `${open}' || ${at(number, 0)} || ',' || ${at(number, 1)} || '${close}`);
}
