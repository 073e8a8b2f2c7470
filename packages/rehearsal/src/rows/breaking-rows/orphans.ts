import type { Column, ForeignKey } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import { qualified } from '../qualified.js';
import { referencedOf } from '../references.js';
import { endless } from '../values.js';
import type { BrokenTable, RowChange } from './broken-table.js';

const { quoteIdentifier } = writerOf('postgresql');

/** Rows whose key is no row's of the table that it refers to. */
export function orphans(on: BrokenTable, key: ForeignKey): RowChange {
  const referenced = referencedOf(key, on.snapshot);
  const updates = key.columns.flatMap((name, place) => {
    const [column, to] = [on.settable(name), referenced[place]];
    const value = column && to !== undefined ? missingValue(on, column, key, to) : undefined;
    if (value === undefined) return [];
    const others = key.columns.filter((other) => other !== name).map((other) => `r.${quoteIdentifier(other)} IS NOT NULL`);
    return on.update({ [name]: value }, others.length === 0 ? 'true' : others.join(' AND '));
  });
  return { what: `${on.rows} that refer to no row of \`${key.references.table}\``, fails: '23503', updates };
}

/** A value that the referenced column does not hold. */
function missingValue(on: BrokenTable, column: Column, { references }: ForeignKey, to: string): string | undefined {
  const from = qualified({ schema: references.schema, name: references.table }, on.snapshot);
  if (/^(smallint|integer|bigint|numeric)$/.test(on.typeOf(column).base))
    return `((SELECT least(coalesce(min(${quoteIdentifier(to)}), 0), 0) FROM ${from}) - x."n#")::${column.type}`;
  const { guessed, count, nth } = on.valuesOf(column, {}, 'gone');
  if (guessed || count < 10000) return undefined;
  return nth(count === endless ? '(900000000 + x."n#")' : `(${Math.min(count, 1e9) - 1} - x."n#")`);
}
