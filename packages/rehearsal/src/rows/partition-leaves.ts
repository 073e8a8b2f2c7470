import type { Snapshot, Table } from '@planwright/spec';
import { joined, type Wish } from './wish.js';

/** What the key of a row must be like to find a partition, one entry for each partition that takes rows; empty where there is none. */
export function partitionLeaves(table: Table, snapshot: Snapshot): readonly ReadonlyMap<string, Wish>[] {
  const key = keyOf(table);
  const found: ReadonlyMap<string, Wish>[] = [];
  const others: ReadonlyMap<string, Wish>[] = [];
  for (const partition of snapshot.tables) {
    const { partitionOf } = partition;
    if (partitionOf?.table !== table.name || partitionOf.schema !== table.schema) continue;
    const own = ofBounds(partitionOf.bounds, key);
    const under = partition.partitionBy === undefined ? [new Map<string, Wish>()] : partitionLeaves(partition, snapshot);
    for (const leaf of under) (partitionOf.bounds === 'DEFAULT' ? others : found).push(merged(own, leaf));
  }
  return (found.length > 0 ? found : others).slice(0, 24);
}

/** What is said of a table that can take no row. */
export function noPartition(table: string): string {
  return `\`${table}\` is partitioned and has no partition that could take a row.`;
}

/** What a partition's bounds ask of the columns of its parent's key. */
export function boundsWishes(parent: Table, bounds: string): ReadonlyMap<string, Wish> {
  return ofBounds(bounds, keyOf(parent));
}

function keyOf({ partitionBy = '' }: Table): readonly string[] {
  const [, list = ''] = /^\w+\s*\((.*)\)$/s.exec(partitionBy) ?? [];
  return list.split(',').map((name) => name.trim().split(/\s+/)[0]?.replaceAll('"', '') ?? '');
}

function merged(one: ReadonlyMap<string, Wish>, other: ReadonlyMap<string, Wish>): ReadonlyMap<string, Wish> {
  const all = new Map(one);
  for (const [column, wish] of other) all.set(column, joined(all.get(column), wish) ?? wish);
  return all;
}

function ofBounds(bounds: string, key: readonly string[]): ReadonlyMap<string, Wish> {
  const [first] = key;
  const list = /^FOR VALUES IN \((.*)\)$/s.exec(bounds)?.[1];
  if (list !== undefined && first) {
    const values = commaSeparated(list).filter((value) => value !== 'NULL');
    return new Map([[first, values.length === 0 ? { presence: 'null' } : { oneOf: values, presence: 'not null' }]]);
  }
  const [, from, to] = /^FOR VALUES FROM \((.*)\) TO \((.*)\)$/s.exec(bounds) ?? [];
  const wishes = new Map<string, Wish>();
  if (from === undefined || to === undefined) return wishes;
  const [lows, highs] = [commaSeparated(from), commaSeparated(to)];
  for (const [place, column] of key.entries()) {
    const [low, high] = [lows[place], highs[place]];
    if (low === undefined || high === undefined) continue;
    // Further columns of the key count only where the ones before are equal to the bound.
    wishes.set(column, {
      presence: 'not null',
      ...(low !== 'MINVALUE' && { low: bound(low, true) }),
      ...(high !== 'MAXVALUE' && high !== low && { high: bound(high, false) }),
    });
    if (low !== high) break;
  }
  return wishes;
}

function bound(sql: string, included: boolean) {
  const number = Number(sql.replace(/^'(.*)'$/, '$1'));
  return { sql, included, ...(Number.isNaN(number) ? {} : { number }) };
}

function commaSeparated(list: string): readonly string[] {
  return (list.match(/'(?:[^']|'')*'(?:::[^,]+)?|[^,]+/g) ?? []).map((value) => value.trim()).filter((value) => value !== '');
}
