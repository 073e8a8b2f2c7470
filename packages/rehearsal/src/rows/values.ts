import type { Snapshot } from '@planwright/spec';
import { believable, believableOnce } from './believable.js';
import { type Piece, piecesOf, piecesOfLike } from './pattern.js';
import { type Type, typeOf } from './type.js';
import type { Bound, Wish } from './wish.js';

/** Values of a type: the first, the second, and so on. */
export interface Values {
  /** How many different ones there are. */
  readonly count: number;
  /** SQL of a value, given that of a number from 0. Different numbers below `count` give different values. */
  nth(number: string): string;
  /** The same, where values may repeat; more like life. */
  some?(number: string): string;
  /** Nobody knows this type's values. */
  readonly guessed?: true;
}

export interface About {
  /** The column's name says what its values are like. */
  readonly column: string;
  readonly snapshot: Snapshot;
  /** Keeps apart values that must be unique, seed by seed: a few hexadecimal digits. */
  readonly mark: string;
  /** SQL of the largest value that is there, for numbers that must be new. */
  readonly after?: string;
  readonly depth?: number;
  /** Texts are digits alone: something casts them. */
  readonly digits?: boolean;
}

const many = Number.POSITIVE_INFINITY;

/** The values of a type that fulfil a wish. */
export function valuesOf(type: Type, wish: Wish, about: About): Values {
  if (wish.oneOf) return fixed(wish.oneOf, type.spelt);
  const { after: _, ...part } = about;
  if (type.array) return arrays(type, wish, part);
  if (type.labels) {
    const labels = type.labels.map(literal).filter((label) => !wish.not?.some((refused) => refused.startsWith(label)));
    return labels.length === 0 ? unknown(type) : fixed(labels, type.spelt);
  }
  if (type.attributes) return rows(type, part);
  const made = scalar(type, wish, about);
  if (type.domains.length === 0) return made;
  const { some } = made;
  return { ...made, nth: (number) => `(${made.nth(number)})::${type.spelt}`, ...(some && { some: (number: string) => `(${some(number)})::${type.spelt}` }) };
}

function scalar(type: Type, wish: Wish, about: About): Values {
  const cast = (sql: string) => `(${sql})::${type.spelt}`;
  const spelt = (count: number, make: (number: string) => string): Values => ({ count, nth: (number) => cast(make(number)) });
  switch (type.base) {
    case 'smallint':
      return integers(type, wish, about, 32767);
    case 'integer':
      return integers(type, wish, about, 2147483647);
    case 'bigint':
      return integers(type, wish, about, 9007199254740991);
    case 'oid':
      return spelt(4e9, (number) => `1 + ${number} % 4000000000`);
    case 'numeric':
      return numbers(type, wish, about, type.modifiers[0] === undefined ? 2 : (type.modifiers[1] ?? 0));
    case 'real':
    case 'double precision':
      return numbers(type, wish, about, type.base === 'real' ? 0 : 2);
    case 'money':
      return numbers(type, wish, { ...about, column: 'price' }, 2);
    case 'boolean':
      return fixed(
        ['false', 'true'].filter((value) => !wish.not?.includes(value)),
        'boolean',
      );
    case 'text':
    case 'varchar':
    case 'char':
    case 'citext':
    case 'name':
    case '"char"':
      return texts(type, wish, about);
    case 'uuid':
      return spelt(many, (number) => `md5('${about.mark}' || ${number})`);
    case 'date':
      return days(type, wish);
    case 'timestamp':
    case 'timestamptz':
      return moments(type, wish);
    case 'time':
    case 'timetz':
      return spelt(86400, (number) => `time '00:00' + (${number} % 86400) * interval '1 second'`);
    case 'interval':
      return spelt(many, (number) => `(1 + ${number} % 1000000000) * interval '1 minute'`);
    case 'json':
    case 'jsonb':
      return documents(type, wish);
    case 'bytea':
      return bytes(wish, about);
    case 'inet':
      return spelt(16_000_000, (number) => `inet '10.0.0.0' + (${number} % 16000000)`);
    case 'cidr':
      return spelt(16_000_000, (number) => `inet '10.0.0.0' + (${number} % 16000000)`);
    case 'macaddr':
      return spelt(1e12, (number) => `lpad(to_hex(${number} % 281474976710656), 12, '0')`);
    case 'macaddr8':
      return spelt(1e12, (number) => `lpad(to_hex(${number}), 16, '0')`);
    case 'bit': {
      const size = type.modifiers[0] ?? 1;
      return size <= 62
        ? spelt(2 ** size, (number) => `${number}::bit(${size})`)
        : spelt(many, (number) => `lpad(${number}::bit(62)::text, ${size}, '0')::bit(${size})`);
    }
    case 'varbit': {
      const size = Math.min(type.modifiers[0] ?? 32, 32);
      return spelt(2 ** size, (number) => `${number}::bit(${size})::varbit`);
    }
    case 'xml':
      return spelt(many, (number) => `'<item number="' || ${number} || '"/>'`);
    case 'tsvector':
      return spelt(many, (number) => `'item' || ${number}`);
    case 'tsquery':
      return spelt(many, (number) => `'item' || ${number}`);
    case 'hstore':
      return spelt(many, (number) => `'number => ' || ${number}`);
    case 'ltree':
      return spelt(many, (number) => `'top.n' || ${number}`);
    case 'vector':
    case 'halfvec':
      return spelt(
        many,
        (number) =>
          `'[' || (${number} % 1000) / 1000.0 || repeat(',' || (${number} / 1000 % 1000) / 1000.0, ${Math.max(0, (type.modifiers[0] ?? 3) - 1)}) || ']'`,
      );
    case 'point':
      return spelt(many, (number) => `point(${number} % 1000, ${number} / 1000)`);
    case 'box':
      return spelt(many, (number) => `box(point(${number} % 1000 * 10, ${number} / 1000 * 10), point(${number} % 1000 * 10 + 5, ${number} / 1000 * 10 + 5))`);
    case 'circle':
      return spelt(many, (number) => `circle(point(${number} % 1000 * 10, ${number} / 1000 * 10), 4)`);
    case 'lseg':
      return spelt(many, (number) => `lseg(point(0, ${number}), point(1, ${number}))`);
    case 'line':
      return spelt(many, (number) => `line(point(0, ${number}), point(1, ${number}))`);
    case 'path':
      return spelt(many, (number) => `'[(0,' || ${number} || '),(1,1)]'`);
    case 'polygon':
      return spelt(many, (number) => `'((0,' || ${number} || '),(1,1),(1,0))'`);
    case 'pg_lsn':
      return spelt(many, (number) => `'0/' || to_hex(${number} % 4294967296)`);
    case 'xid':
    case 'xid8':
      return spelt(4e9, (number) => `(3 + ${number} % 4000000000)::text`);
    case 'regclass':
      return fixed(["'pg_class'"], 'regclass');
    case 'regtype':
      return fixed(["'text'"], 'regtype');
    case 'int4range':
    case 'int8range':
    case 'numrange':
      // Apart from each other, for exclusion constraints.
      return spelt(2e8, (number) => `'[' || ${number} % 200000000 * 10 || ',' || ${number} % 200000000 * 10 + 5 || ')'`);
    case 'int4multirange':
    case 'int8multirange':
    case 'nummultirange':
      return spelt(2e8, (number) => `'{[' || ${number} % 200000000 * 10 || ',' || ${number} % 200000000 * 10 + 5 || ')}'`);
    case 'daterange':
    case 'datemultirange': {
      const multi = type.base === 'datemultirange';
      return spelt(
        1e6,
        (number) =>
          `${multi ? `'{' || ` : ''}'[' || date '2024-01-01' + (${number} % 1000000 * 2)::int || ',' || date '2024-01-01' + (${number} % 1000000 * 2)::int + 1 || ')'${multi ? ` || '}'` : ''}`,
      );
    }
    case 'tsrange':
    case 'tstzrange':
    case 'tsmultirange':
    case 'tstzmultirange': {
      const [open, close] = type.base.includes('multi') ? ["'{[", ")}'"] : ["'[", ")'"];
      const at = (number: string, hours: number) => `(timestamp '2024-01-01' + (${number} % 50000000 * 2 + ${hours}) * interval '1 hour')`;
      return spelt(5e7, (number) => `${open}' || ${at(number, 0)} || ',' || ${at(number, 1)} || '${close}`);
    }
    default:
      return unknown(type);
  }
}

function unknown(type: Type): Values {
  return { count: 1, guessed: true, nth: () => `NULL::${type.spelt}` };
}

function fixed(values: readonly string[], spelt: string): Values {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return { count: 1, nth: () => `(${only})::${spelt}` };
  return {
    count: values.length,
    nth: (number) =>
      spelt.endsWith(']')
        ? `(CASE (${number}) % ${values.length} ${values.map((value, place) => `WHEN ${place} THEN ${value}`).join(' ')} END)::${spelt}`
        : `(ARRAY[${values.join(', ')}]::${spelt}[])[1 + (${number} % ${values.length})::int]`,
  };
}

function arrays(type: Type, wish: Wish, about: About): Values {
  const element = valuesOf(typeOf(type.spelt.replace(/(\[\d*\])+$/, ''), about.snapshot), {}, about);
  if (type.domains.length > 0 || element.guessed) return { ...fixed([`'{}'`], type.spelt), ...(wish.shortest ? { guessed: true } : {}) };
  const size = Math.max(wish.shortest ?? 0, Math.min(wish.longest ?? 2, 2));
  return {
    count: size === 0 ? 1 : element.count,
    nth: (number) =>
      `ARRAY[${Array.from({ length: size }, (_, place) => element.nth(place === 0 ? number : `(${number} + ${place})`)).join(', ')}]::${type.spelt}`,
  };
}

function rows(type: Type, about: About): Values {
  const depth = (about.depth ?? 0) + 1;
  if (depth > 4) return unknown(type);
  const parts = (type.attributes ?? []).map(({ name, type: spelt }) => valuesOf(typeOf(spelt, about.snapshot), {}, { ...about, column: name, depth }));
  return { count: Math.max(1, ...parts.map(({ count }) => count)), nth: (number) => `ROW(${parts.map((part) => part.nth(number)).join(', ')})::${type.spelt}` };
}

function integers(type: Type, wish: Wish, about: About, largest: number): Values {
  const step = wish.multiple ?? 1;
  const not = (wish.not ?? []).map(Number).filter((value) => !Number.isNaN(value));
  const high =
    wish.high?.number === undefined
      ? largest
      : Math.min(
          largest,
          Math.ceil(wish.high.number) -
            (wish.high.included || !Number.isInteger(wish.high.number) ? 0 : 1) -
            (wish.high.included && !Number.isInteger(wish.high.number) ? 1 : 0),
        );
  let low =
    wish.low?.number === undefined
      ? Math.min(1, high < 1 ? high - 1000000 : 1)
      : wish.low.included
        ? Math.ceil(wish.low.number)
        : Math.floor(wish.low.number) + 1;
  for (const refused of not) if (refused >= low && refused - low < 1000 && high > refused) low = refused + 1;
  low = Math.ceil(low / step) * step;
  const count = Math.max(1, Math.floor((high - low) / step) + 1);
  const bounded = wish.high?.number !== undefined;
  const first = about.after !== undefined && !bounded ? `greatest(${low}, ${about.after} + 1)` : `${low}`;
  const nth = (number: string) => `(${first} + ${number}${step === 1 ? '' : ` * ${step}`})::${type.spelt}`;
  const usual = usually(about.column);
  return { count, nth, some: (number) => `(${low} + ${number} % ${Math.min(count, usual)}${step === 1 ? '' : ` * ${step}`})::${type.spelt}` };
}

/** How large numbers are in a column of this name. */
function usually(column: string): number {
  if (/year/i.test(column)) return 2020;
  if (/price|amount|total|cents|balance|size|bytes|count/i.test(column)) return 100000;
  if (/percent|rate|score|age|hour|rank/i.test(column)) return 24;
  return 1000;
}

function numbers(type: Type, wish: Wish, about: About, scale: number): Values {
  const [precision] = type.modifiers;
  const largest = precision === undefined ? (type.base === 'real' ? 1e6 : 1e12) : 10 ** (precision - scale) - 10 ** -Math.max(0, scale);
  const unit = 10 ** -scale;
  const high = Math.min(largest, wish.high?.number === undefined ? largest : wish.high.number - (wish.high.included ? 0 : unit));
  const given =
    wish.low?.number === undefined
      ? Math.min(precision !== undefined && precision <= scale ? 0 : 1, high < 1 ? high - Math.min(1, high === 0 ? 1 : Math.abs(high)) : 1)
      : wish.low.number + (wish.low.included ? 0 : unit);
  const low = wish.low?.number === undefined && high >= 0 && given < 0 ? 0 : given;
  const count = Math.max(1, Math.floor((high - low) / unit + 1e-9) + 1);
  const at = (number: string) =>
    unit === 1 ? `(${low} + ${number})::${type.spelt}` : `(${low} + (${number}) * ${unit < 1 ? unit.toFixed(scale) : String(unit)})::numeric::${type.spelt}`;
  return { count, nth: at, some: (number) => at(`${number} % ${Math.floor(Math.min(count, usually(about.column) * 100))}`) };
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function texts(type: Type, wish: Wish, about: About): Values {
  const limit = type.base === 'char' ? (type.modifiers[0] ?? 1) : type.base === '"char"' ? 1 : type.base === 'name' ? 63 : (type.modifiers[0] ?? many);
  const longest = Math.min(limit, wish.longest ?? many);
  const shortest = Math.min(wish.shortest ?? 0, longest);
  const cased = (sql: string) => (wish.letters === 'upper' ? `upper(${sql})` : wish.letters === 'lower' ? `lower(${sql})` : sql);
  const spelt = (sql: string) => (type.base === 'text' ? `(${cased(sql)})` : `(${cased(sql)})::${type.spelt}`);
  const pieces = wish.regex !== undefined ? piecesOf(wish.regex) : wish.like !== undefined ? piecesOfLike(wish.like) : undefined;
  if (pieces) {
    const { count, sql } = ofPieces(pieces, shortest, longest);
    return { count, nth: (number) => spelt(sql(number)) };
  }
  if (about.digits && shortest < 12)
    return { count: Math.min(10 ** Math.min(longest, 15), many), nth: (number) => spelt(`(${number} % ${10 ** Math.min(longest, 15)})::text`) };
  if (longest === 0) return { count: 1, nth: () => spelt("''") };
  if (longest < 32) {
    // Short: letters, counted as digits are.
    const size = Math.max(shortest, Math.min(longest, 7));
    const letters: Piece = { characters: [...'abcdefghijklmnopqrstuvwxyz'], least: size, most: size };
    const { count, sql } = ofPieces([letters], size, size);
    return {
      count,
      nth: (number) => spelt(sql(number)),
      some: (number) => spelt(filled(`left(${believable(about.column, number)}, ${longest})`, shortest, number)),
    };
  }
  return {
    count: many,
    nth: (number) => spelt(filled(believableOnce(about.column, number, about.mark), shortest, number)),
    some: (number) =>
      spelt(filled(longest < 60 ? `left(${believable(about.column, number)}, ${longest})` : believable(about.column, number), shortest, number)),
  };
}

/** At least so long. What fills it up follows the number. */
function filled(sql: string, shortest: number, number: string): string {
  return shortest <= 2 ? sql : `(${sql}) || left(repeat(md5((${number})::text), ${Math.ceil(shortest / 32)}), greatest(0, ${shortest} - length(${sql})))`;
}

function ofPieces(pieces: readonly Piece[], shortest: number, longest: number): { readonly count: number; sql(number: string): string } {
  const sizes = pieces.map(({ least }) => least);
  const room = () => sizes.reduce((all, size) => all + size, 0);
  const wanted = Math.min(longest, Math.max(shortest, room()));
  const choices = () => pieces.reduce((all, { characters }, place) => all * characters.length ** (sizes[place] ?? 0), 1);
  // Longer where it must be, or where there would be few different ones.
  for (const [place, { characters, most }] of pieces.entries())
    while ((sizes[place] ?? 0) < most && (room() < wanted || (characters.length > 1 && choices() < 1e7 && room() < longest)))
      sizes[place] = (sizes[place] ?? 0) + 1;
  const parts: ((number: string) => string)[] = [];
  let before = 1;
  let last = '';
  const flush = () => {
    const text = last;
    if (text !== '') parts.push(() => literal(text));
    last = '';
  };
  for (let place = pieces.length - 1; place >= 0; place--) {
    const { characters } = pieces[place] ?? { characters: [] };
    for (let made = 0; made < (sizes[place] ?? 0); made++) {
      const [only = ''] = characters;
      if (characters.length <= 1) last = only + last;
      // What a bigint can tell apart is enough.
      else if (before > 2 ** 53) last = only + last;
      else {
        flush();
        const divisor = before;
        parts.push(
          (number) => `substr(${literal(characters.join(''))}, 1 + ((${number})${divisor === 1 ? '' : ` / ${divisor}`} % ${characters.length})::int, 1)`,
        );
        before *= characters.length;
      }
    }
  }
  flush();
  parts.reverse();
  return { count: before, sql: (number) => (parts.length === 0 ? "''" : parts.map((part) => part(number)).join(' || ')) };
}

function dayOf(bound: Bound | undefined): number | undefined {
  const [, text] = /^'(\d{4}-\d\d-\d\d[^']*)'/.exec(bound?.sql ?? '') ?? [];
  const time =
    text === undefined
      ? Number.NaN
      : Date.parse(
          text.length === 10
            ? `${text}T00:00:00Z`
            : text
                .replace(' ', 'T')
                .replace(/([+-]\d\d)$/, '$1:00')
                .replace(/(:\d\d(\.\d+)?)$/, '$1Z'),
        );
  return Number.isNaN(time) ? undefined : time / 86400000;
}

function days(type: Type, wish: Wish): Values {
  const { low, high } = wish;
  const [from, to] = [dayOf(low), dayOf(high)];
  const count =
    from !== undefined && to !== undefined
      ? Math.max(1, Math.floor(to - from) - (high?.included ? 0 : 1) + (low?.included ? 1 : 0))
      : low && high
        ? 1
        : 1000000;
  const at = (number: string) => {
    if (low) return `(${low.sql})::date + (${number})::int${low.included ? '' : ' + 1'}`;
    if (high) return `(${high.sql})::date - (${number})::int${high.included ? '' : ' - 1'}`;
    return `date '2024-01-01' + (${number})::int`;
  };
  return { count, nth: (number) => `(${at(number)})::${type.spelt}`, some: (number) => `(${at(`${number} % ${Math.min(count, 700)}`)})::${type.spelt}` };
}

function moments(type: Type, wish: Wish): Values {
  const { low, high } = wish;
  const [from, to] = [dayOf(low), dayOf(high)];
  const count = from !== undefined && to !== undefined ? Math.max(1, Math.floor((to - from) * 86400) - 1) : low && high ? 1 : 1e9;
  const zone = type.base === 'timestamptz' ? '+00' : '';
  const base = type.base;
  const at = (number: string) => {
    if (low) return `(${low.sql})::${base} + (${number} + ${low.included ? 0 : 1}) * interval '1 second'`;
    if (high) return `(${high.sql})::${base} - (${number} + ${high.included ? 0 : 1}) * interval '1 second'`;
    return `${base} '2024-01-01 08:00:00${zone}' + (${number}) * interval '1 second'`;
  };
  return { count, nth: (number) => `(${at(number)})::${type.spelt}`, some: (number) => `(${at(`${number} % ${Math.min(count, 60000000)}`)})::${type.spelt}` };
}

function documents(type: Type, wish: Wish): Values {
  const build = (number: string) => {
    switch (wish.json) {
      case 'array':
        return `jsonb_build_array(${number})`;
      case 'string':
        return `to_jsonb('text ' || ${number})`;
      case 'number':
        return `to_jsonb(${number})`;
      case 'boolean':
        return `to_jsonb(${number} % 2 = 0)`;
      default:
        return wish.shortest !== undefined
          ? `jsonb_build_array(${Array.from({ length: Math.max(1, wish.shortest) }, () => number).join(', ')})`
          : `jsonb_build_object('number', ${number})`;
    }
  };
  return { count: many, nth: (number) => (type.spelt === 'jsonb' ? build(number) : `(${build(number)})::${type.spelt}`) };
}

function bytes(wish: Wish, about: About): Values {
  const size = Math.max(wish.shortest ?? 0, Math.min(wish.longest ?? 16, 16));
  if (size === 0) return { count: 1, nth: () => `''::bytea` };
  const hex = (number: string) => `md5('${about.mark}' || ${number})`;
  return { count: many, nth: (number) => `substring(decode(repeat(${hex(number)}, ${Math.ceil(size / 16)}), 'hex') FROM 1 FOR ${size})` };
}
