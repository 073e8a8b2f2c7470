import type { Column, ForeignKey, Snapshot, Table } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import { columnWays } from './column-ways.js';
import { hashOf, saltOf } from './hash.js';
import { keySets } from './key-sets.js';
import { partitionLeaves } from './partition-leaves.js';
import { foreignKeys, needed, type Placed, tableKey, targetOf } from './table-order.js';
import { type Type, typeOf } from './type.js';
import { castTo, type Values } from './values.js';
import { valuesOf } from './values-of.js';
import { joined, type Way, type Wish } from './wish.js';

const { quoteIdentifier, quoteName, quoteLiteral } = writerOf('postgresql');

/** How rows are made when the plain way was refused. */
export interface Attempt {
  /** Which of the ways to satisfy the checks. */
  readonly way: number;
  /** Only what must have a value gets one, and defaults stay. */
  readonly bare?: boolean;
  /** No value is left out by chance. */
  readonly full?: boolean;
  /** Rows that a key refuses are left out. */
  readonly skip?: boolean;
  /** Columns left to their defaults. */
  readonly defaults?: ReadonlySet<string>;
  /** Columns left NULL. */
  readonly nulls?: ReadonlySet<string>;
  /** Numbers that the database would count are given, after those that are there. */
  readonly numbered?: boolean;
  /** Texts are digits alone: something casts them. */
  readonly digits?: boolean;
  /** Which guess stands for a type that is not known here. */
  readonly guess?: number;
}

export interface Filling {
  readonly snapshot: Snapshot;
  readonly seed: number;
  readonly rows: number;
  /** Rows that are there already, by table. */
  readonly present?: Readonly<Record<string, number>>;
  /** A schema whose constraints the rows satisfy as well, as far as its columns are there: the one after a change. */
  readonly satisfying?: Snapshot;
}

export interface Insert {
  readonly sql: string;
  /** To run when every table has its rows: keys that had to wait, sequences. */
  readonly afterwards: readonly string[];
  /** Ways to satisfy the checks, as far as they are known. */
  readonly ways: number;
  readonly unsure: boolean;
}

/** The statement that fills one table, or adds one row to it where `single` is the SQL of its number. Undefined where no row can be. */
export function insertRows({ table, later }: Placed, filling: Filling, attempt: Attempt = { way: 0 }, single?: string): Insert | undefined {
  const { snapshot, seed } = filling;
  const leaves = table.partitionBy === undefined ? [] : partitionLeaves(table, snapshot);
  if (table.partitionBy !== undefined && leaves.length === 0) return undefined;
  const own = tableKey(table);
  const name = qualified(table, snapshot);
  const after = filling.satisfying?.tables.find((found) => tableKey(found) === own);
  const ways = columnWays(table, snapshot, after, filling.satisfying);
  const way: Way = ways[Math.min(attempt.way, ways.length - 1)] ?? { wishes: new Map(), relations: [], unsure: true };
  const salt = (...names: readonly string[]) => saltOf(seed, own, ...names);
  // Rows of an earlier filling have the marks of theirs.
  const mark = (salt(String(filling.present?.[own] ?? 0)) % 65536).toString(16);
  const taken = (filling.present?.[own] ?? 0) > 0 || attempt.numbered === true || single !== undefined;
  const given = new Map<string, string>();
  const joins: string[] = [];
  const conditions: string[] = [];
  const afterwards: string[] = [];

  // What stands for a column while keys are shared out: a column by itself, or a foreign key with its columns.
  const keys = [
    ...foreignKeys(table),
    ...(after
      ? foreignKeys(after).filter(
          (key) =>
            key.columns.every((column) => table.columns.some(({ name: found }) => found === column)) &&
            snapshot.tables.some((found) => tableKey(found) === targetOf(key)) &&
            !foreignKeys(table).some((same) => same.columns.join() === key.columns.join()),
        )
      : []),
  ]
    .filter(({ columns }) => !columns.some((column) => table.columns.find(({ name: found }) => found === column)?.generated))
    .sort((one, other) => other.columns.length - one.columns.length);
  const units: { readonly key: ForeignKey; readonly shared: readonly string[]; readonly alias: string }[] = [];
  const byKey = new Set<string>();
  for (const key of keys) {
    const fresh = key.columns.filter((column) => !byKey.has(column));
    if (fresh.length === 0) continue;
    const mustHave = key.columns.every(
      (column) => table.columns.find(({ name: found }) => found === column)?.notNull || way.wishes.get(column)?.presence === 'not null',
    );
    const empty =
      later.has(key) || (attempt.bare && !mustHave) || key.columns.some((column) => way.wishes.get(column)?.presence === 'null' || attempt.nulls?.has(column));
    if (targetOf(key) === own || empty) continue;
    const fixedColumns = key.columns.some((column) => way.wishes.get(column)?.oneOf !== undefined);
    if (fixedColumns && !mustHave) continue;
    units.push({ key, shared: key.columns.filter((column) => byKey.has(column)), alias: `p${units.length + 1}` });
    for (const column of key.columns) byKey.add(column);
  }
  const waiting = new Set(
    keys.filter((key) => !units.some((unit) => unit.key === key)).flatMap(({ columns }) => columns.filter((column) => !byKey.has(column))),
  );

  const wishOf = (column: Column): Wish => {
    const wish = way.wishes.get(column.name) ?? {};
    return column.notNull ? (joined(wish, { presence: 'not null' }) ?? wish) : wish;
  };
  const cache = new Map<string, readonly Values[]>();
  /** Values of a column, one for each partition where the partitions' key holds it. */
  const valuesFor = (column: Column): readonly Values[] => {
    const known = cache.get(column.name);
    if (known) return known;
    const spelling = generatedType(column, after);
    const type = withLabelsOf(
      typeOf(spelling, filling.satisfying && spelling !== column.type ? filling.satisfying : snapshot),
      laterType(column, after, filling),
    );
    const about = {
      column: column.name,
      snapshot,
      mark,
      ...(attempt.digits && { digits: true }),
      ...(taken && { after: `(SELECT coalesce(max(${quoteIdentifier(column.name)}), 0) FROM ${name})` }),
    };
    const keyed = leaves.some((leaf) => leaf.has(column.name));
    const wishes = keyed ? leaves.map((leaf) => joined(wishOf(column), leaf.get(column.name) ?? {}) ?? leaf.get(column.name) ?? {}) : [wishOf(column)];
    const made = wishes.map((wish) => {
      const values = valuesOf(type, wish, about);
      return spelling === column.type ? values : castTo(column.type, values);
    });
    cache.set(column.name, made);
    return made;
  };
  const auto = (column: Column) => column.identity !== undefined || /^nextval\(/.test(column.default ?? '');
  const selfNeeded = new Set(keys.filter((key) => targetOf(key) === own && needed(table, key)).flatMap(({ references }) => references.columns ?? []));
  const onlyAuto = table.columns.every((column) => column.generated || auto(column));
  const leftOut = (column: Column): boolean =>
    column.generated !== undefined ||
    (auto(column) &&
      !byKey.has(column.name) &&
      !selfNeeded.has(column.name) &&
      !attempt.numbered &&
      !onlyAuto &&
      !leaves.some((leaf) => leaf.has(column.name)));

  // Keys: each unique set gets a column that never repeats, or digits shared out among those that do.
  const places = new Map<string, string>();
  const full = new Set<string>();
  const unitOf = (column: string) => units.find(({ key }) => key.columns.includes(column));
  const rest = `(g - 1)${leaves.length > 1 ? ` / ${leaves.length}` : ''}`;
  for (const set of keySets(table, after)) {
    const columns = set.flatMap((column) => table.columns.find(({ name: found }) => found === column) ?? []);
    if (columns.some((column) => leftOut(column) || full.has(column.name))) continue;
    if (columns.some((column) => wishOf(column).presence === 'null' || waiting.has(column.name))) continue;
    const free = columns.find(
      (column) =>
        !byKey.has(column.name) &&
        valuesFor(column).length === 1 &&
        (valuesFor(column)[0]?.count ?? 0) >= filling.rows &&
        !places.has(column.name) &&
        !column.default?.match(/^(now|CURRENT)/) &&
        !/^(boolean)$/.test(column.type),
    );
    if (free) {
      places.set(free.name, '(g - 1)');
      full.add(free.name);
      continue;
    }
    const members: string[] = [];
    for (const column of columns) {
      const member = unitOf(column.name)?.alias ?? column.name;
      if (!members.includes(member)) members.push(member);
    }
    let radix = '';
    const open = members.filter((member) => !places.has(member));
    for (const [index, member] of open.entries()) {
      const unit = units.find(({ alias }) => alias === member);
      const column = table.columns.find(({ name: found }) => found === member);
      const place = `(${column && leaves.some((leaf) => leaf.has(column.name)) ? rest : '(g - 1)'}${radix})`;
      const last = index === open.length - 1;
      if (unit) {
        places.set(member, last ? place : `(${place} % greatest(1, ${countOf(unit.key, snapshot)}))`);
        radix += ` / greatest(1, ${countOf(unit.key, snapshot)})`;
      } else if (column) {
        const count = Math.min(...valuesFor(column).map((values) => values.count));
        if (count === Number.POSITIVE_INFINITY) places.set(member, place);
        else {
          places.set(member, last ? place : `(${place} % ${count})`);
          if (last) conditions.push(`${place} < ${count}`);
          radix += ` / ${count}`;
        }
        if (members.length === 1) full.add(member);
      }
    }
    if (members.length === 1) for (const column of columns) full.add(column.name);
  }

  for (const unit of units) {
    const { key, shared, alias } = unit;
    const target = snapshot.tables.find((found) => tableKey(found) === targetOf(key));
    if (!target) continue;
    const referenced = referencedOf(key, snapshot);
    const mustHave = key.columns.some(
      (column) => table.columns.find(({ name: found }) => found === column)?.notNull || way.wishes.get(column)?.presence === 'not null',
    );
    const related = way.relations.find(
      ({ greater, lesser }) =>
        key.columns.includes(greater) && units.some((other) => other !== unit && other.key.columns.includes(lesser) && targetOf(other.key) === targetOf(key)),
    );
    const partner = related && units.find((other) => other !== unit && other.key.columns.includes(related.lesser));
    const count = shared.length > 0 ? `${alias}.c` : countOf(key, snapshot);
    const random = hashOf('g', salt(...key.columns));
    const ahead = !related && way.relations.some(({ lesser, how }) => how !== 'equal' && key.columns.includes(lesser)) ? ` - 1` : '';
    const number = partner
      ? `${partner.alias}.n + ${related?.how === 'equal' ? 0 : 1}`
      : places.has(alias)
        ? `${places.get(alias)} + 1`
        : `1 + ${random} % greatest(1, ${count}${ahead})`;
    const from = `${target.partitionBy === undefined ? 'ONLY ' : ''}${qualified(target, snapshot)}`;
    const held = referenced.map((column) => `${quoteIdentifier(column)} IS NOT NULL`).join(' AND ');
    const picked = referenced.map((column, place) => `${quoteIdentifier(column)} AS k${place}`).join(', ');
    const order = referenced.map(quoteIdentifier).join(', ');
    const same = shared.map((column) => ({
      inside: referenced[key.columns.indexOf(column)] ?? '',
      place: key.columns.indexOf(column),
      outside: given.get(column) ?? 'NULL',
    }));
    const kind = mustHave ? 'JOIN' : 'LEFT JOIN';
    if (single !== undefined) {
      const unused =
        places.has(alias) && full.has(key.columns[0] ?? '')
          ? ` AND NOT EXISTS (SELECT FROM ${name} AS t WHERE ${key.columns.map((column, place) => `t.${quoteIdentifier(column)} = p.${quoteIdentifier(referenced[place] ?? '')}`).join(' AND ')})`
          : '';
      const matched = same.map(({ inside, outside }) => ` AND p.${quoteIdentifier(inside)} = ${outside}`).join('');
      const offset =
        unused === '' && matched === '' ? ` OFFSET ${random} % greatest(1, (SELECT count(*) FROM (SELECT FROM ${from} WHERE ${held} LIMIT 100) AS few))` : '';
      joins.push(
        `${kind} LATERAL (SELECT ${partner ? 0 : 1} AS n, ${picked} FROM ${from} AS p WHERE ${held}${matched}${unused}${partner ? ` AND p.${quoteIdentifier(referenced[0] ?? '')} > ${partner.alias}.k0` : ''} ORDER BY ${order}${offset} LIMIT 1) AS ${alias} ON true`,
      );
    } else if (same.length > 0) {
      const within = same.map(({ inside }) => quoteIdentifier(inside)).join(', ');
      joins.push(
        `${kind} (SELECT row_number() OVER (PARTITION BY ${within} ORDER BY ${order}) AS n, count(*) OVER (PARTITION BY ${within}) AS c, ${picked} FROM ${from} WHERE ${held}) AS ${alias} ON ${same.map(({ place, outside }) => `${alias}.k${place} = ${outside}`).join(' AND ')} AND ${alias}.n = ${number}`,
      );
    } else
      joins.push(`${kind} (SELECT row_number() OVER (ORDER BY ${order}) AS n, ${picked} FROM ${from} WHERE ${held}) AS ${alias} ON ${alias}.n = ${number}`);
    for (const [place, column] of key.columns.entries()) if (!given.has(column)) given.set(column, `${alias}.k${place}`);
  }

  const inKey = new Set(keySets(table, after).flat());
  const tested = new Set([...way.wishes.keys(), ...leaves.flatMap((leaf) => [...leaf.keys()])]);
  const mentioned = mentionedIn(table);
  for (const column of table.columns) {
    if (given.has(column.name) || leftOut(column)) continue;
    const wish = wishOf(column);
    const must = wish.presence === 'not null';
    if (wish.presence === 'null' || attempt.nulls?.has(column.name)) given.set(column.name, 'NULL');
    else if (waiting.has(column.name) && !must) given.set(column.name, 'NULL');
    else if (attempt.defaults?.has(column.name) && column.default !== undefined) continue;
    else if (attempt.bare && !tested.has(column.name) && !inKey.has(column.name) && (column.default !== undefined || !must)) continue;
    else {
      const choices = valuesFor(column);
      if (choices.some(({ guessed }) => guessed) && !wish.oneOf) {
        if (column.default !== undefined) continue;
        given.set(column.name, must ? `${guesses[(attempt.guess ?? 0) % guesses.length]}::${column.type}` : 'NULL');
        continue;
      }
      const random = hashOf('g', salt(column.name));
      const place = places.get(column.name);
      const made = choices.map((values) => {
        if (place !== undefined) return values.nth(place);
        if (values.some) return values.some(random);
        return values.nth(values.count === Number.POSITIVE_INFINITY ? `(${random} % 1000000)` : `(${random} % ${Math.floor(Math.min(values.count, 1000000))})`);
      });
      let sql =
        made.length === 1 ? (made[0] ?? 'NULL') : `CASE (g - 1) % ${made.length} ${made.map((value, leaf) => `WHEN ${leaf} THEN ${value}`).join(' ')} END`;
      if (!must && !attempt.full && !inKey.has(column.name) && !tested.has(column.name) && !mentioned.has(column.name) && !generatedNotNull(column, after))
        sql = `CASE WHEN ${hashOf('g', salt(column.name, 'null'))} % 10 <> 0 THEN ${sql} END`;
      given.set(column.name, sql);
    }
  }
  for (const { lesser, greater, how } of way.relations) relate(lesser, greater, how);
  // A row that refers to itself: the key is checked when the statement has ended.
  for (const key of keys.filter((found) => targetOf(found) === own && needed(table, found) && found.columns.some((column) => !byKey.has(column))))
    for (const [place, column] of key.columns.entries()) {
      const value = given.get(referencedOf(key, snapshot)[place] ?? '');
      if (value !== undefined) given.set(column, value);
    }

  function relate(lesser: string, greater: string, how: Way['relations'][number]['how']): void {
    const [less, more] = [table.columns.find((column) => column.name === lesser), table.columns.find((column) => column.name === greater)];
    const value = given.get(lesser);
    if (!less || !more || value === undefined || !given.has(greater) || byKey.has(greater)) return;
    const type = typeOf(more.type, snapshot);
    const random = hashOf('g', salt(lesser, greater));
    if (how === 'equal') given.set(greater, `(${value})::${more.type}`);
    else if (/^(smallint|integer|bigint|numeric|real|double precision)$/.test(type.base)) given.set(greater, `((${value}) + 1 + ${random} % 10)::${more.type}`);
    else if (type.base === 'money') given.set(greater, `((${value})::numeric + 1)::money`);
    else if (type.base === 'date') given.set(greater, `((${value})::date + 1 + (${random} % 30)::int)`);
    else if (/^timestamp/.test(type.base)) given.set(greater, `((${value})::${type.base} + (1 + ${random} % 720) * interval '1 hour')::${more.type}`);
    else if (type.base === 'interval') given.set(greater, `((${value}) + interval '1 hour')`);
    else if (type.base === 'time') given.set(greater, `greatest(${value}, time '23:59:59')`);
    else if (/^(text|varchar|citext)$/.test(type.base)) given.set(greater, `((${value}) || 'z')::${more.type}`);
  }

  for (const column of table.columns) {
    if (!given.has(column.name) || !auto(column) || byKey.has(column.name) || single !== undefined) continue;
    afterwards.push(
      `SELECT setval(pg_get_serial_sequence(${quoteLiteral(name)}, ${quoteLiteral(column.name)}), (SELECT max(${quoteIdentifier(column.name)}) FROM ${name})) WHERE pg_get_serial_sequence(${quoteLiteral(name)}, ${quoteLiteral(column.name)}) IS NOT NULL AND EXISTS (SELECT FROM ${name})`,
    );
  }
  for (const key of foreignKeys(table)) {
    const self = targetOf(key) === own;
    if (single !== undefined || (!self && !later.has(key)) || needed(table, key)) continue;
    if (key.columns.some((column) => byKey.has(column) || (way.wishes.has(column) && way.wishes.get(column)?.presence === 'null'))) continue;
    const link = linkOf(table, key, snapshot, hashOf('n', salt(...key.columns)), self);
    if (link) afterwards.push(link);
  }
  if (given.size === 0) return { sql: `INSERT INTO ${name} DEFAULT VALUES`, afterwards, ways: ways.length, unsure: way.unsure };
  const overriding = table.columns.some((column) => column.identity !== undefined && given.has(column.name)) ? ' OVERRIDING SYSTEM VALUE' : '';
  const rows = single === undefined ? `generate_series(1::bigint, ${filling.rows}::bigint) AS s(g)` : `(SELECT ${single} AS g) AS s`;
  const where = conditions.length === 0 || single !== undefined ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const conflict = attempt.skip || single !== undefined ? ' ON CONFLICT DO NOTHING' : '';
  return {
    sql: `INSERT INTO ${name} (${[...given.keys()].map(quoteIdentifier).join(', ')})${overriding} SELECT ${[...given.values()].join(', ')} FROM ${[rows, ...joins].join(' ')}${where}${conflict}`,
    afterwards,
    ways: ways.length,
    unsure: way.unsure,
  };
}

const guesses = ["''", "'0'", "'{}'", "'1'", "'[]'", "'a'", "'2026-01-01'"];

/** The name with its schema always, for a migration may have set another search path. */
export function qualified({ schema, name }: { readonly schema?: string | undefined; readonly name: string }, snapshot: Snapshot): string {
  return quoteName([schema ?? snapshot.defaultSchema ?? 'public', name]);
}

function referencedOf(key: ForeignKey, snapshot: Snapshot): readonly string[] {
  if (key.references.columns) return key.references.columns;
  const target = snapshot.tables.find((found) => tableKey(found) === targetOf(key));
  return target?.constraints?.find((constraint) => constraint.type === 'primaryKey')?.columns ?? [];
}

function countOf(key: ForeignKey, snapshot: Snapshot): string {
  const target = snapshot.tables.find((found) => tableKey(found) === targetOf(key));
  const held = referencedOf(key, snapshot).map((column) => `${quoteIdentifier(column)} IS NOT NULL`);
  return `(SELECT count(*) FROM ${target?.partitionBy === undefined ? 'ONLY ' : ''}${qualified({ schema: key.references.schema, name: key.references.table }, snapshot)} WHERE ${held.join(' AND ')})`;
}

/** Gives two rows of three a value for a key that had to wait: of an earlier row, where the table refers to itself. */
function linkOf(table: Table, key: ForeignKey, snapshot: Snapshot, random: string, self: boolean): string | undefined {
  const primary = table.constraints?.find((constraint) => constraint.type === 'primaryKey')?.columns;
  const referenced = referencedOf(key, snapshot);
  if (!primary || referenced.length !== key.columns.length) return undefined;
  const name = qualified(table, snapshot);
  const target = qualified({ schema: key.references.schema, name: key.references.table }, snapshot);
  const number = self ? '1 + (c.n - 2) / 3' : `1 + ${random.replaceAll('(n,', '(c.n,')} % greatest(1, ${countOf(key, snapshot)})`;
  const set = key.columns.map((column, place) => `${quoteIdentifier(column)} = p.k${place}`).join(', ');
  return `UPDATE ${name} AS t SET ${set} FROM (SELECT row_number() OVER (ORDER BY ${primary.map(quoteIdentifier).join(', ')}) AS n, ${primary.map((column, place) => `${quoteIdentifier(column)} AS i${place}`).join(', ')} FROM ${name}) AS c JOIN (SELECT row_number() OVER (ORDER BY ${referenced.map(quoteIdentifier).join(', ')}) AS n, ${referenced.map((column, place) => `${quoteIdentifier(column)} AS k${place}`).join(', ')} FROM ${target}) AS p ON p.n = ${number} WHERE c.n % 3 <> 1 AND ${primary.map((column, place) => `t.${quoteIdentifier(column)} = c.i${place}`).join(' AND ')} AND ${key.columns.map((column) => `t.${quoteIdentifier(column)} IS NULL`).join(' AND ')}`;
}

/** The column's type in the schema that the rows satisfy as well. */
function laterType({ name }: Column, after: Table | undefined, { satisfying }: Filling): Type | undefined {
  const later = after?.columns.find((column) => column.name === name);
  return later && satisfying && typeOf(later.type, satisfying);
}

/** A type with the labels only that it still has later. */
function withLabelsOf(type: Type, later: Type | undefined): Type {
  const labels = later?.labels && type.labels?.filter((label) => later.labels?.includes(label));
  return labels && labels.length > 0 ? { ...type, labels } : type;
}

const textual = /^(text|varchar|char|citext)/;
const numeric: readonly string[] = ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'];

/** The type whose values a column gets: where the schema after the change has a narrower one, that. */
function generatedType(column: Column, after: Table | undefined): string {
  const later = after?.columns.find(({ name }) => name === column.name)?.type;
  if (later === undefined || later === column.type) return column.type;
  if (textual.test(column.type) && !textual.test(later)) return later;
  const size = (type: string) => Number(/\((\d+)/.exec(type)?.[1] ?? Number.POSITIVE_INFINITY);
  if (textual.test(column.type)) return size(later) < size(column.type) ? later : column.type;
  const rank = (type: string) => numeric.indexOf(type.replace(/\(.*/, ''));
  if (rank(column.type) >= 0 && rank(later) >= 0)
    return rank(later) < rank(column.type) || (rank(later) === rank(column.type) && size(later) < size(column.type)) ? later : column.type;
  return column.type;
}

function generatedNotNull(column: Column, after: Table | undefined): boolean {
  return after?.columns.find(({ name }) => name === column.name)?.notNull === true;
}

/** Columns that checks speak of: they get a value always, unless a way asks for NULL. */
function mentionedIn(table: Table): ReadonlySet<string> {
  return new Set((table.constraints ?? []).flatMap((constraint) => (constraint.type === 'check' ? (constraint.columns ?? []) : [])));
}
