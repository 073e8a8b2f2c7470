import type { Type } from '../type.js';
import type { About, Values } from '../values.js';
import type { Wish } from '../wish.js';
import type { Makers } from './makers.js';
import { usually } from './usually.js';

/** Numbers with decimal places. */
export const decimals: Makers = {
  numeric: (type, wish, about) => steps(type, wish, about, type.modifiers[0] === undefined ? 2 : (type.modifiers[1] ?? 0)),
  real: (type, wish, about) => steps(type, wish, about, 0),
  'double precision': (type, wish, about) => steps(type, wish, about, 2),
  money: (type, wish, about) => steps(type, wish, { ...about, column: 'price' }, 2),
};

/** From the lowest to the highest, in steps of the last of so many places. */
function steps(type: Type, wish: Wish, about: About, scale: number): Values {
  const [precision] = type.modifiers;
  const unit = 10 ** -scale;
  const largest = precision === undefined ? (type.base === 'real' ? 1e6 : 1e12) : 10 ** (precision - scale) - 10 ** -Math.max(0, scale);
  const high = Math.min(largest, wish.high?.number === undefined ? largest : wish.high.number - (wish.high.included ? 0 : unit));
  const low = wish.low?.number === undefined ? usualLow(high, precision !== undefined && precision <= scale) : wish.low.number + (wish.low.included ? 0 : unit);
  const count = Math.max(1, Math.floor((high - low) / unit + 1e-9) + 1);
  const at = (number: string) =>
    unit === 1 ? `(${low} + ${number})::${type.spelt}` : `(${low} + (${number}) * ${unit < 1 ? unit.toFixed(scale) : String(unit)})::numeric::${type.spelt}`;
  return { count, nth: at, some: (number) => at(`${number} % ${Math.floor(Math.min(count, usually(about.column) * 100))}`) };
}

/** From where numbers go where nobody says: 1, or 0, or as far below the highest as it takes. */
function usualLow(high: number, fraction: boolean): number {
  const low = Math.min(fraction ? 0 : 1, high < 1 ? high - Math.min(1, high === 0 ? 1 : Math.abs(high)) : 1);
  return high >= 0 && low < 0 ? 0 : low;
}
