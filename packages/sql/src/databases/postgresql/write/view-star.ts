import type { Snapshot, View } from '@planwright/spec';
import { mentions } from '../../../schema/named.js';
import { quoteIdentifier } from '../quote.js';
import { readToken } from '../split.js';

/**
 * The query of a view whose `*` means other columns by now than when the view was made: PostgreSQL keeps the columns of then. Where one `*` stands in
 * the select list and the schema shows that its table has grown since, the star's columns are named instead.
 */
export function queryOfView({ query, columns }: View, before: Snapshot | undefined): string {
  if (!before || !columns || !query.includes('*')) return query;
  const items = selectList(query);
  const stars = items.filter(({ text }) => isStar(text));
  const [star] = stars;
  if (!star || stars.length > 1) return query;
  const place = items.indexOf(star);
  const meant = columns.slice(place, place + columns.length - (items.length - 1));
  const sources = [...before.tables.map(({ name, columns: all }) => ({ name, all: all.map((column) => column.name) }))].filter(({ name }) =>
    mentions(query, name),
  );
  const whole = sources.some(({ all }) => all.join('\0') === meant.join('\0'));
  const known = meant.every((column) => sources.some(({ all }) => all.includes(column)));
  if (whole || !known || meant.length === 0) return query;
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
