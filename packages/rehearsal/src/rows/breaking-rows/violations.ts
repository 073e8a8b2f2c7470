import type { Column, Constraint } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import { columnWays } from '../column-ways.js';
import { waysOf } from '../ways-of.js';
import { combined, type Relation, type Way, type Wish } from '../wish.js';
import { type BrokenTable, ownValue, type RowChange } from './broken-table.js';

const { quoteIdentifier } = writerOf('postgresql');

// A check that refused so many ways refuses the next as well.
const mostUpdates = 24;

/** Rows for which a check is false. */
export function violations(on: BrokenTable, check: Extract<Constraint, { type: 'check' }>): RowChange {
  const { expression, name: own } = check;
  const others = (on.table.constraints ?? []).filter(({ name }) => name === undefined || name !== own);
  const kept = columnWays({ ...on.table, constraints: others }, on.snapshot, undefined, undefined);
  const against = waysOf(expression, false);
  const asked = new Set(against.flatMap(({ wishes }) => [...wishes.keys()]));
  // Those that were understood first.
  const all = [...combined(against, kept), ...against].sort((one, other) => Number(one.unsure) - Number(other.unsure));
  const updates = all.flatMap((way) => {
    const set = settingsOf(on, way, asked);
    return set && Object.keys(set).length > 0 ? on.update(set) : [];
  });
  return {
    what: `${on.rows} for which \`${expression}\` is false`,
    fails: '23514',
    count: `SELECT count(*)::text AS count FROM ${on.name} WHERE NOT (${expression})`,
    updates: [...new Set(updates)].slice(0, mostUpdates),
  };
}

/** What to set so that a way's wishes come true, for the columns that the condition asks something of. Undefined where one cannot be set so. */
function settingsOf(on: BrokenTable, way: Way, asked: ReadonlySet<string>): Readonly<Record<string, string>> | undefined {
  const set: Record<string, string> = {};
  for (const [name, wish] of way.wishes) {
    if (!asked.has(name)) continue;
    const column = on.settable(name);
    if (!column || (wish.presence === 'null' && column.notNull)) return undefined;
    if (isAnyValue(wish)) {
      const related = way.relations.some(({ lesser, greater }) => lesser === name || greater === name);
      const values = on.valuesOf(column, {}, 'odd');
      // The row's own, or a new one where it has none.
      if (!related && !values.guessed) set[name] = `coalesce(t.${quoteIdentifier(name)}, ${ownValue(values)})`;
      continue;
    }
    const value = wishedValue(on, column, wish);
    if (value === undefined) return undefined;
    set[name] = value;
  }
  for (const relation of way.relations) {
    const column = on.settable(relation.greater);
    const value = column && relatedValue(on, column, relation);
    if (value === undefined) return undefined;
    set[relation.greater] = value;
  }
  return set;
}

function isAnyValue({ presence, ...more }: Wish): boolean {
  return presence === 'not null' && Object.keys(more).length === 0;
}

function wishedValue(on: BrokenTable, column: Column, wish: Wish): string | undefined {
  if (wish.presence === 'null') return 'NULL';
  const values = on.valuesOf(column, wish, 'odd');
  if (values.guessed) return undefined;
  return wish.low || wish.high || wish.oneOf ? values.nth(`(x."n#" % ${Math.max(1, Math.min(values.count, 1000))})`) : ownValue(values);
}

/** A value by that of the lesser column: the same where that will do, else a little greater. */
function relatedValue(on: BrokenTable, column: Column, { lesser, how }: Relation): string | undefined {
  const value = `t.${quoteIdentifier(lesser)}`;
  const { base } = on.typeOf(column);
  if (how === 'equal' || how === 'or equal') return value;
  if (/^(smallint|integer|bigint|numeric|real|double precision|date)$/.test(base)) return `${value} + 1`;
  if (/^timestamp|^interval/.test(base)) return `${value} + interval '1 day'`;
  return /^(text|varchar|citext)$/.test(base) ? `${value} || 'z'` : undefined;
}
