import type { Snapshot, Table } from '@planwright/spec';
import { boundsWishes } from './partition-leaves.js';
import { typeOf } from './type.js';
import { waysOf } from './ways-of.js';
import { anyWay, combined, type Way, wished } from './wish.js';

/** Ways to satisfy every check of a table and of its columns' domains at once, and those of the table as it will be, be it a partition. Never empty. */
export function columnWays(table: Table, snapshot: Snapshot, after: Table | undefined, later: Snapshot | undefined): readonly Way[] {
  const here = new Set(table.columns.map(({ name }) => name));
  const required = table.columns.filter(({ name, notNull }) => notNull || after?.columns.some((column) => column.name === name && column.notNull));
  let ways: readonly Way[] = [{ ...anyWay, wishes: new Map(required.map(({ name }) => [name, { presence: 'not null' as const }])) }];
  const add = (more: readonly Way[]) => {
    const both = combined(ways, more);
    // Where two checks seem to contradict each other, one was misread: the database judges.
    ways = both.length > 0 ? both : ways.map((way) => ({ ...way, unsure: true }));
  };
  const joins = table.partitionOf ? undefined : after?.partitionOf;
  const parent = joins && later?.tables.find(({ name, schema }) => name === joins.table && schema === joins.schema);
  if (joins && parent) add([{ ...anyWay, wishes: boundsWishes(parent, joins.bounds) }]);
  for (const [side, its] of [
    [table, snapshot],
    [after, later],
  ] as const) {
    if (!side || !its) continue;
    for (const column of side.columns)
      if (here.has(column.name))
        for (const domain of typeOf(column.type, its).domains) {
          if (typeOf(column.type, its).array) continue;
          for (const check of domain.checks ?? []) add(waysOf(check.expression).map((way) => renamed(way, column.name)));
          if (domain.notNull) add([wished(column.name, { presence: 'not null' })]);
        }
    for (const constraint of side.constraints ?? [])
      if (constraint.type === 'check') {
        const more = waysOf(constraint.expression).filter((way) => [...way.wishes.keys()].every((name) => here.has(name)));
        if (more.length > 0) add(more);
      }
  }
  return ways;
}

function renamed(way: Way, column: string): Way {
  return {
    ...way,
    wishes: new Map(
      [...way.wishes].map(([name, wish]) => [name === 'value' ? column : name, wish.presence === 'not null' ? { ...wish, presence: undefined } : wish]),
    ),
  } as Way;
}
