import { type CompanionItem, fingerprintOfLine } from '@planwright/spec';
import type { Slot } from './slots.js';

/** A document without its readers, line by line, and where its slots stand in it. */
export interface Skeleton {
  /** Fingerprints of its lines, joined. */
  readonly lines: string;
  /** By the id of the slot. */
  readonly places: ReadonlyMap<string, Pick<CompanionItem, 'emptiedLine' | 'lead' | 'cell'>>;
}

/** The skeleton of a text whose slots are marked. By it, reading the document back sees which lines are not its reader's and have changed. */
export function skeletonOf(text: string, slots: readonly Slot[]): Skeleton {
  const emptied = text.replace(
    /\ufdd0(\d+)\ufdd1[^\ufdd2]*\ufdd2/g,
    (_, number: string) => `\ufdd0${number}\ufdd1${slots[Number(number)]?.kind === 'tick' ? ' ' : ''}`,
  );
  const places = new Map<string, Pick<CompanionItem, 'emptiedLine' | 'lead' | 'cell'>>();
  const lines = emptied.split('\n').map((line, index) => {
    if (!line.includes('\ufdd0')) return fingerprintOfLine(line);
    for (const match of line.matchAll(/\ufdd0(\d+)\ufdd1/g)) {
      const slot = slots[Number(match[1])];
      if (slot === undefined) continue;
      const lead = unmarked(line.slice(0, match.index));
      const cell = lead.replace(/\\[\s\S]/g, '').split('|').length - 1;
      places.set(slot.id, { emptiedLine: index + 1, ...(lead !== '' && { lead }), ...(slot.kind === 'cell' && cell > 0 && { cell }) });
    }
    return fingerprintOfLine(unmarked(line));
  });
  return { lines: lines.join(''), places };
}

function unmarked(line: string): string {
  return line.replace(/\ufdd0\d+\ufdd1/g, '');
}
