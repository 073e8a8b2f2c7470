import type { Context } from '@planwright/spec';
import type { StatementError } from '../engine.js';
import { isAboutData } from './about-data.js';
import { spoken } from './run-migration.js';
import type { Scratch } from './scratch.js';
import type { State } from './state.js';

/** A migration whose way back does not bring all rows back, and what it does not. */
export interface Lost {
  readonly id: string;
  readonly why: string;
}

/** The last migration whose way back was said not to bring all rows back, where an error is about rows; of those after `id`, where one is given. */
export function lostBefore(error: StatementError, { sequence }: Context, id?: string): Lost | undefined {
  if (!isAboutData(error)) return undefined;
  const all = sequence?.migrations ?? [];
  const taken = id === undefined ? all : all.slice(all.findIndex((one) => one.id === id) + 1);
  const lossy = taken.findLast(({ reversibility }) => (reversibility?.kind ?? 'reversible') !== 'reversible');
  if (!lossy) return undefined;
  const { reason, loses = [] } = lossy.reversibility ?? {};
  return { id: lossy.id, why: reason ?? loses.join(', ') };
}

/**
 * Takes the rows away that a way back which nobody promises has left, and says so: nothing is wrong with the run just recorded, which met them. What it does to
 * the schema can be tried without them, from `start` where one is given. `what` tells what met them, and what is tried without.
 */
export async function withoutRows(scratch: Scratch, { id, why }: Lost, what: string, error: StatementError, start?: State): Promise<boolean> {
  scratch.record.excuseLast(`the way back has not left the rows that it needs (${spoken(error)})`);
  scratch.record.note(`The way back of ${id} does not bring the rows back as they were (${why}), and with what is left of them ${what} on empty tables.`);
  return scratch.empty(start);
}
