import type { Duration, Effort } from '@planwright/spec';

/** What a phrase says of a value that nobody has worked out. */
export const notKnown = 'not known';

type Unit = 'sec' | 'min' | 'hours' | 'days';
const seconds: Readonly<Record<Unit, number>> = { sec: 1, min: 60, hours: 3600, days: 86_400 };

/** "30 sec", "2-4 hours": the unit is that of the upper bound, unless one is asked for. */
export function duration(value: Duration | undefined, unit?: Unit): string {
  if (value === undefined) return notKnown;
  const chosen = unit ?? unitOf(value.max);
  // Two bounds that would print alike, or a lower bound that would print as 0, are one number.
  const [min, max] = [amount(value.min / seconds[chosen]), amount(value.max / seconds[chosen])];
  const shown = max === '1' && (min === max || min === '0') ? chosen.replace(/s$/, '') : chosen;
  if (max === '0') return `< 1 ${chosen.replace(/s$/, '')}`;
  if (min === '0') return value.min === 0 && value.max > 0 ? `up to ${max} ${shown}` : `${max} ${shown}`;
  return min === max ? `${max} ${shown}` : `${min}-${max} ${chosen}`;
}

/** "0.1 sec (observed: up to 1,000 rows a table on PGlite 18.6)": a time with what it rests on, where that is said. */
export function timed(value: Duration | undefined): string {
  const shown = duration(value);
  // Predicted is what a document says once of all that was not tried.
  if (value?.basis === undefined || (value.basis === 'predicted' && value.from === undefined)) return shown;
  return `${shown} (${value.basis}${value.from === undefined ? '' : `: ${value.from}`})`;
}

/** "< 1 min", "1-5 min" or "5+ min", by the upper bound. */
export function bucket(value: Duration | undefined): string {
  if (value === undefined) return notKnown;
  return value.max < 60 ? '< 1 min' : value.max <= 300 ? '1-5 min' : '5+ min';
}

/** "0.5d", "0.5-1d". */
export function effort(value: Effort | undefined): string {
  if (value === undefined) return notKnown;
  const [min, max] = [amount(value.min), amount(value.max)];
  return min === max ? `${max}d` : `${min}-${max}d`;
}

function unitOf(most: number): Unit {
  return most < 120 ? 'sec' : most < 7200 ? 'min' : most < 172_800 ? 'hours' : 'days';
}

// One decimal below ten, none above: more would claim a precision that no estimate has.
function amount(value: number): string {
  return String(value < 10 ? Math.round(value * 10) / 10 : Math.round(value));
}
