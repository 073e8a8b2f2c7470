/** What a change of type does to values that are there. `same`: nothing. `widens`: every value fits. `narrows`: some may not. `converts`: they become others. */
export interface TypeChange {
  readonly kind: 'same' | 'widens' | 'narrows' | 'converts';
  /** The table is written anew; absent where that cannot be told. */
  readonly rewrites?: boolean;
  /** Digits or parts of a second may go. */
  readonly rounds?: boolean;
  /** Every value can become one of the new type, though perhaps another one. Absent where that is not sure. */
  readonly total?: true;
  /** SQLSTATE with which a value that does not fit fails. */
  readonly fails?: string;
}

interface Parts {
  readonly base: string;
  readonly sizes: readonly number[];
  readonly array: boolean;
}

const integers = ['smallint', 'integer', 'bigint'];
const floats = ['real', 'double precision'];
const texts = ['text', 'varchar'];

/** Compares two types of PostgreSQL, in the spelling of the model. */
export function typeChange(from: string, to: string): TypeChange {
  if (from === to) return { kind: 'same', rewrites: false };
  const one = partsOf(from);
  const other = partsOf(to);
  if (one.array !== other.array) return { kind: 'converts', rewrites: true, ...(isText(other) ? { total: true as const } : {}) };
  const within = compare(one, other);
  // The elements of an array are cast one by one: even a free cast of the element writes the table anew, a mere length excepted.
  return one.array && one.base !== other.base ? { ...within, rewrites: true } : within;
}

function compare(from: Parts, to: Parts): TypeChange {
  if (texts.includes(from.base) && texts.includes(to.base)) {
    const limit = to.base === 'varchar' ? to.sizes[0] : undefined;
    const had = from.base === 'varchar' ? from.sizes[0] : undefined;
    if (limit === undefined || (had !== undefined && had <= limit)) return { kind: 'widens', rewrites: false };
    return { kind: 'narrows', rewrites: true, fails: '22001' };
  }
  if (from.base === 'numeric' && to.base === 'numeric') return numeric(from, to);
  if (integers.includes(from.base) && integers.includes(to.base)) {
    return integers.indexOf(from.base) < integers.indexOf(to.base) ? { kind: 'widens', rewrites: true } : { kind: 'narrows', rewrites: true, fails: '22003' };
  }
  if (integers.includes(from.base) && to.base === 'numeric')
    return to.sizes.length === 0 ? { kind: 'widens', rewrites: true } : { kind: 'narrows', rewrites: true, fails: '22003' };
  if ((from.base === 'numeric' || floats.includes(from.base)) && integers.includes(to.base))
    return { kind: 'narrows', rewrites: true, rounds: true, fails: '22003' };
  if (from.base === 'real' && to.base === 'double precision') return { kind: 'widens', rewrites: true };
  if (from.base === 'double precision' && to.base === 'real') return { kind: 'narrows', rewrites: true, rounds: true, fails: '22003' };
  if (from.base === to.base && ['timestamp', 'timestamptz', 'time', 'timetz', 'interval'].includes(from.base)) return seconds(from, to);
  if (from.base === 'varbit' && to.base === 'varbit') {
    const [had] = from.sizes;
    const [limit] = to.sizes;
    if (limit === undefined || (had !== undefined && had <= limit)) return { kind: 'widens', rewrites: false };
    return { kind: 'narrows', rewrites: true, fails: '22001' };
  }
  if (from.base === 'char' && to.base === 'char') {
    return (from.sizes[0] ?? 1) <= (to.sizes[0] ?? 1) ? { kind: 'widens', rewrites: true } : { kind: 'narrows', rewrites: true, fails: '22001' };
  }
  if (from.base === 'char' && texts.includes(to.base)) return { kind: 'widens', rewrites: true };
  // citext is stored as text is, and compared otherwise.
  if ((isText(from) || from.base === 'varchar') && to.base === 'citext') return { kind: 'converts', rewrites: false, total: true };
  if (from.base === 'citext' && isText(to)) return { kind: 'converts', rewrites: false, total: true };
  if (floats.includes(from.base) && to.base === 'numeric' && to.sizes.length > 0) return { kind: 'narrows', rewrites: true, rounds: true, fails: '22003' };
  if (from.base === 'cidr' && to.base === 'inet') return { kind: 'widens', rewrites: false };
  if (to.base === 'varchar' && to.sizes.length > 0) return { kind: 'converts', rewrites: true, fails: '22001' };
  const loses = roundings.has(`${from.base} ${to.base}`);
  const total = loses || isText(to) || totals.has(`${from.base} ${to.base}`);
  return { kind: 'converts', rewrites: true, ...(total ? { total: true as const } : {}), ...(loses ? { rounds: true } : {}) };
}

function isText({ base, sizes }: Parts): boolean {
  return texts.includes(base) && sizes.length === 0;
}

/** Conversions that no value of the first type stands against. */
const totals: ReadonlySet<string> = new Set([
  'date timestamp',
  'date timestamptz',
  'timestamp timestamptz',
  'timestamptz timestamp',
  'jsonb json',
  'boolean integer',
  'integer boolean',
  'smallint real',
  'smallint double precision',
  'integer double precision',
  'time interval',
  'time timetz',
]);

/** Conversions that take every value and keep less of it than there was. */
const roundings: ReadonlySet<string> = new Set([
  'timestamp date',
  'timestamptz date',
  'timestamp time',
  'timestamptz time',
  'timestamptz timetz',
  'timetz time',
  'integer real',
  'bigint real',
  'bigint double precision',
  'numeric double precision',
  'numeric real',
  'double precision numeric',
  'real numeric',
  'inet cidr',
]);

/** Only a greater precision at the same scale, or none at all, is free. */
function numeric(from: Parts, to: Parts): TypeChange {
  const [precision, scale = 0] = from.sizes;
  const [newPrecision, newScale = 0] = to.sizes;
  if (newPrecision === undefined) return { kind: 'widens', rewrites: false };
  if (precision === undefined) return { kind: 'narrows', rewrites: true, rounds: true, fails: '22003' };
  if (newScale === scale) return newPrecision >= precision ? { kind: 'widens', rewrites: false } : { kind: 'narrows', rewrites: true, fails: '22003' };
  const roomy = newScale > scale && newPrecision - newScale >= precision - scale;
  return roomy ? { kind: 'widens', rewrites: true } : { kind: 'narrows', rewrites: true, fails: '22003', ...(newScale < scale ? { rounds: true } : {}) };
}

/** A precision of 6 digits is the default and the greatest. */
function seconds(from: Parts, to: Parts): TypeChange {
  const had = from.sizes[0] ?? 6;
  const has = to.sizes[0] ?? 6;
  return has >= had ? { kind: 'widens', rewrites: false } : { kind: 'narrows', rewrites: true, rounds: true };
}

function partsOf(type: string): Parts {
  const array = type.endsWith('[]');
  const written = /^([^(]+?)(?:\(([\d,\s-]+)\))?$/.exec(array ? type.slice(0, -2) : type);
  return { base: written?.[1] ?? type, sizes: (written?.[2] ?? '').split(',').filter(Boolean).map(Number), array };
}

/** Whether one type is a timestamp without a time zone and the other one with it. */
export function betweenTimestamps(from: string, to: string): boolean {
  const kind = (type: string): string | undefined => /^(timestamp|timestamptz)(?:\(\d\))?$/.exec(type)?.[1];
  return kind(from) !== undefined && kind(to) !== undefined && kind(from) !== kind(to);
}
