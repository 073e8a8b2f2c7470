import { pathIn } from '../layouts/paths.js';
import type { PlannedFile } from './framework.js';

/** The stamp of a planned migration: the plan's, plus its number in seconds, so that files sort in the plan's order. */
export function stampOf({ stamp, number }: PlannedFile): string {
  const [year, month, day, hour, minute, second] = [stamp.slice(0, 4), ...(stamp.slice(4).match(/../g) ?? [])].map(Number);
  const moment = new Date(Date.UTC(year ?? 1970, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, (second ?? 0) + number));
  return moment.toISOString().replace(/\D/g, '').slice(0, 14);
}

/** The version of a planned migration as the folder's others have theirs: the next number, or a moment. */
export function versionLike(planned: PlannedFile): string {
  const { digits, lastNumber, number } = planned;
  return digits > 0 && digits < 14 ? String(lastNumber + number).padStart(digits, '0') : stampOf(planned);
}

/** `0012_add_currencies`: the next free number, padded as the others are. */
export function numberedName({ lastNumber, number, digits, name }: PlannedFile): string {
  return `${String(lastNumber + number).padStart(digits, '0')}_${name}`;
}

/** Named as the project names its own: `V0012.add_guests.up.sql` beside `V0011.Rooms.up.sql`, `12-add_guests.sql` beside `11-rooms.sql`, `12_add_guests/up.sql` beside `11_rooms/up.sql`. */
export function namedLike(planned: PlannedFile): { readonly file: string; readonly downFile: string } {
  const { like, folder, name } = planned;
  const version = versionLike(planned);
  const own =
    like
      ?.replace(/\/up\.sql$/, '')
      .split('/')
      .at(-1) ?? '';
  const [, letter, separator] = /^([A-Za-z]?)\d+(?:[._]\d+)*([._-]+)/.exec(own) ?? [];
  if (like === undefined || letter === undefined || separator === undefined) return pairOf(planned, version);
  const base = pathIn(folder, `${letter}${version}${separator}${name}`);
  if (like.endsWith('/up.sql')) return { file: `${base}/up.sql`, downFile: `${base}/down.sql` };
  return like.endsWith('.up.sql') ? { file: `${base}.up.sql`, downFile: `${base}.down.sql` } : { file: `${base}.sql`, downFile: `${base}.down.sql` };
}

/** `<version>_<name>.up.sql` and `.down.sql`. */
export function pairOf(planned: PlannedFile, version: string): { readonly file: string; readonly downFile: string } {
  const base = pathIn(planned.folder, `${version}_${planned.name}`);
  return { file: `${base}.up.sql`, downFile: `${base}.down.sql` };
}
