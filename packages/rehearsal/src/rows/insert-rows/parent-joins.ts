import type { Table } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import { ownRows } from '../qualified.js';
import { countOf, heldBy, referencedOf, targetTable } from '../references.js';
import { targetOf } from '../table-order.js';
import type { KeyPlaces } from './key-places.js';
import type { Parent, Parents } from './parents.js';
import type { Wanted } from './wanted.js';

const { quoteIdentifier } = writerOf('postgresql');

/** A parent on its way into the statement. */
interface Joined extends Parent {
  readonly from: string;
  /** Columns of its table that the key refers to, as SQL. */
  readonly referenced: readonly string[];
  /** The parent whose row comes before this one's, or is the same. */
  readonly partner?: { readonly alias: string; readonly same: boolean } | undefined;
  /** Its columns that have a value already. */
  readonly fixed: readonly { readonly place: number; readonly value: string }[];
  /** SQL of a number by chance. */
  readonly random: string;
}

/** Joins that find the parents of the rows. */
export class ParentJoins {
  readonly sql: string[] = [];
  /** SQL of the columns that they give. */
  readonly given = new Map<string, string>();

  constructor(
    private readonly wanted: Wanted,
    private readonly parents: Parents,
    private readonly places: KeyPlaces,
  ) {
    for (const parent of parents.given) {
      const target = targetTable(parent.key, wanted.snapshot);
      if (target) this.#join(parent, target);
    }
  }

  #join(parent: Parent, target: Table): void {
    const { wanted } = this;
    const { columns } = parent.key;
    const joined: Joined = {
      ...parent,
      from: ownRows(target, wanted.snapshot),
      referenced: referencedOf(parent.key, wanted.snapshot).map(quoteIdentifier),
      partner: this.#partnerOf(parent),
      fixed: parent.shared.map((column) => ({ place: columns.indexOf(column), value: this.given.get(column) ?? 'NULL' })),
      random: wanted.random(...columns),
    };
    const must = columns.some((name) => wanted.column(name)?.notNull || wanted.way.wishes.get(name)?.presence === 'not null');
    this.sql.push(`${must ? 'JOIN' : 'LEFT JOIN'} ${wanted.single === undefined ? this.#numbered(joined) : this.#single(joined)}`);
    for (const [place, column] of columns.entries()) if (!this.given.has(column)) this.given.set(column, `${parent.alias}.k${place}`);
  }

  #partnerOf(parent: Parent): Joined['partner'] {
    const others = this.parents.given.filter((other) => other !== parent);
    const relation = this.wanted.way.relations.find(
      ({ greater, lesser }) =>
        parent.key.columns.includes(greater) && others.some(({ key }) => key.columns.includes(lesser) && targetOf(key) === targetOf(parent.key)),
    );
    const partner = relation && others.find(({ key }) => key.columns.includes(relation.lesser));
    return partner && { alias: partner.alias, same: relation.how === 'equal' };
  }

  /** Every row of the parent's table has a number, and each row that is made asks for one. */
  #numbered(joined: Joined): string {
    const { key, alias, from, referenced, fixed } = joined;
    const [held, order] = [heldBy(key, this.wanted.snapshot), referenced.join(', ')];
    if (fixed.length === 0)
      return `(SELECT row_number() OVER (ORDER BY ${order}) AS n, ${picked(joined)} FROM ${from} WHERE ${held}) AS ${alias} ON ${alias}.n = ${this.#number(joined)}`;
    const within = fixed.map(({ place }) => referenced[place]).join(', ');
    const same = fixed.map(({ place, value }) => `${alias}.k${place} = ${value}`).join(' AND ');
    return `(SELECT row_number() OVER (PARTITION BY ${within} ORDER BY ${order}) AS n, count(*) OVER (PARTITION BY ${within}) AS c, ${picked(joined)} FROM ${from} WHERE ${held}) AS ${alias} ON ${same} AND ${alias}.n = ${this.#number(joined)}`;
  }

  #number({ key, alias, partner, fixed, random }: Joined): string {
    if (partner) return `${partner.alias}.n + ${partner.same ? 0 : 1}`;
    const place = this.places.of.get(alias);
    if (place !== undefined) return `${place} + 1`;
    const count = fixed.length > 0 ? `${alias}.c` : countOf(key, this.wanted.snapshot);
    // The last one has none behind it, for another parent to be greater.
    const ahead = this.wanted.way.relations.some(({ lesser, how }) => how !== 'equal' && key.columns.includes(lesser)) ? ' - 1' : '';
    return `1 + ${random} % greatest(1, ${count}${ahead})`;
  }

  /** One row of the parent's table: one that is not referred to yet where the key may not repeat, else one by chance. */
  #single(joined: Joined): string {
    const { key, alias, from, referenced, partner, fixed, random } = joined;
    const held = heldBy(key, this.wanted.snapshot);
    const once = this.places.of.has(alias) && this.places.full.has(key.columns[0] ?? '');
    const taken = key.columns.map((column, place) => `t.${quoteIdentifier(column)} = p.${referenced[place]}`).join(' AND ');
    const unused = once ? ` AND NOT EXISTS (SELECT FROM ${this.wanted.name} AS t WHERE ${taken})` : '';
    const matched = fixed.map(({ place, value }) => ` AND p.${referenced[place]} = ${value}`).join('');
    const offset =
      once || fixed.length > 0 ? '' : ` OFFSET ${random} % greatest(1, (SELECT count(*) FROM (SELECT FROM ${from} WHERE ${held} LIMIT 100) AS few))`;
    const behind = partner ? ` AND p.${referenced[0]} > ${partner.alias}.k0` : '';
    return `LATERAL (SELECT ${partner ? 0 : 1} AS n, ${picked(joined)} FROM ${from} AS p WHERE ${held}${matched}${unused}${behind} ORDER BY ${referenced.join(', ')}${offset} LIMIT 1) AS ${alias} ON true`;
  }
}

function picked({ referenced }: Joined): string {
  return referenced.map((column, place) => `${column} AS k${place}`).join(', ');
}
