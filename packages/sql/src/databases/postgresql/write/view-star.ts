import type { Snapshot, View } from '@planwright/spec';
import { mentions } from '../../../schema/named.js';
import { quoteIdentifier } from '../quote.js';
import { readToken } from '../split.js';

/**
 * The query of a view whose `*` means other columns by now than when the view was made: PostgreSQL keeps the columns of then. Where one `*` stands in
 * the select list and the schema shows that its table has grown since, the star's columns are named instead.
 */
export function queryOfView(view: View, before: Snapshot | undefined): string {
  const found = before && starOf(view);
  if (!found) return view.query;
  const sources = before.tables
    .map(({ name, columns: all }) => ({ name, all: all.map((column) => column.name) }))
    .filter(({ name }) => mentions(view.query, name));
  const whole = sources.some(({ all }) => all.join('\0') === found.meant.join('\0'));
  const known = found.meant.every((column) => sources.some(({ all }) => all.includes(column)));
  return whole || !known || found.meant.length === 0 ? view.query : named(view, found);
}

/** The query of a view with the columns of its only `*` named; nothing where it has none in its select list, or several. */
export function queryWithoutStar(view: View): string | undefined {
  const found = starOf(view);
  return found && found.meant.length > 0 ? named(view, found) : undefined;
}

/** A `*` of a select list, and the columns that it meant when the view was made. */
interface Star {
  readonly star: Item;
  readonly meant: readonly string[];
}

function starOf({ query, columns }: View): Star | undefined {
  if (!columns || !query.includes('*')) return undefined;
  const items = selectList(query);
  const stars = items.filter(({ text }) => isStar(text));
  const [star] = stars;
  if (!star || stars.length > 1) return undefined;
  const place = items.indexOf(star);
  return { star, meant: columns.slice(place, place + columns.length - (items.length - 1)) };
}

function named({ query }: View, { star, meant }: Star): string {
  const prefix = star.text.slice(0, -1);
  return query.slice(0, star.start) + meant.map((column) => `${prefix}${quoteIdentifier(column)}`).join(', ') + query.slice(star.end);
}

interface Item {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function isStar(text: string): boolean {
  return /^(?:(?:[\w$]+|"[^"]+")\.)?\*$/.test(text);
}

/** What stands between the outermost SELECT and its FROM, without comments at the ends. */
function selectList(query: string): readonly Item[] {
  const items: Item[] = [];
  let depth = 0;
  let open = false;
  let start = -1;
  let last = -1;
  const close = (): void => {
    if (start >= 0) items.push({ text: query.slice(start, last), start, end: last });
    start = -1;
  };
  for (let at = 0; at < query.length; ) {
    const { kind, end } = readToken(query, at);
    const token = query.slice(at, end).toLowerCase();
    if (token === ')') depth--;
    if (depth === 0 && kind === 'word' && token === 'select' && !open) open = true;
    else if (open && depth === 0 && kind === 'word' && token === 'from') break;
    else if (open && depth === 0 && token === ',') close();
    else if (open && kind !== 'space' && kind !== 'comment') {
      if (start < 0) start = at;
      last = end;
    }
    if (token === '(') depth++;
    at = end;
  }
  close();
  return items;
}
