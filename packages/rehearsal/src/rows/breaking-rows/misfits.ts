import { writerOf } from '@planwright/sql';
import type { Type } from '../type.js';
import { typeOf } from '../type.js';
import type { BrokenTable, RowChange } from './broken-table.js';

const { quoteLiteral } = writerOf('postgresql');

const textual = /^(text|varchar|char|citext)$/;

/** A value that another type does not take. */
interface Misfit {
  readonly what: string;
  readonly fails: string;
  readonly value: string;
}

/** Rows whose value in a column another type does not take. */
export function misfits(on: BrokenTable, name: string, to: string): RowChange | undefined {
  const column = on.settable(name);
  if (!column) return undefined;
  const [from, target] = [on.typeOf(column), typeOf(to, on.snapshot)];
  if (from.array || target.array) return undefined;
  const misfit = textual.test(from.base) ? misfitText(target) : from.labels ? lostLabel(from.labels, target) : misfitNumber(from, target);
  if (!misfit) return undefined;
  const { what, fails, value } = misfit;
  return { what: `${on.rows} whose \`${name}\` ${what}`, fails, updates: [on.update({ [name]: `(${value})::${column.type}` })] };
}

function misfitText(to: Type): Misfit | undefined {
  if (!textual.test(to.base))
    return { what: `is no ${to.spelt}`, fails: to.base === 'date' || to.base.startsWith('timestamp') ? '22007' : '22P02', value: `'no ' || x."n#"` };
  const limit = to.base === 'char' ? (to.modifiers[0] ?? 1) : to.modifiers[0];
  return limit === undefined ? undefined : { what: `has more than ${limit} characters`, fails: '22001', value: `rpad('x' || x."n#", ${limit + 1}, 'y')` };
}

function lostLabel(labels: readonly string[], to: Type): Misfit | undefined {
  const lost = to.labels && labels.find((label) => !to.labels?.includes(label));
  return lost === undefined ? undefined : { what: `is ${quoteLiteral(lost)}`, fails: '22P02', value: quoteLiteral(lost) };
}

// From the narrowest to the widest.
const numbers: readonly string[] = ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'];
const largest: Readonly<Record<string, string>> = { smallint: '32767', integer: '2147483647', bigint: '9223372036854775807' };

function misfitNumber(from: Type, to: Type): Misfit | undefined {
  const tooLarge = (value: string): Misfit => ({ what: `does not fit ${to.spelt}`, fails: '22003', value: `${value} + x."n#"` });
  const limit = largest[to.base];
  if (limit !== undefined) return numbers.indexOf(from.base) > numbers.indexOf(to.base) ? tooLarge(`${limit}::numeric`) : undefined;
  const [precision, scale = 0] = to.modifiers;
  const exact = from.base === 'numeric' || from.base in largest;
  return to.base === 'numeric' && precision !== undefined && exact ? tooLarge(`1e${precision - scale}`) : undefined;
}
