import type { Level } from '@planwright/spec';

const order: readonly Level[] = ['low', 'medium', 'high'];

/** The highest of the levels; low when there is none. */
export function highest(levels: readonly Level[]): Level {
  return order[Math.max(0, ...levels.map((level) => order.indexOf(level)))] ?? 'low';
}

/** Whether the first level is below the second. */
export function isBelow(level: Level, other: Level): boolean {
  return order.indexOf(level) < order.indexOf(other);
}
