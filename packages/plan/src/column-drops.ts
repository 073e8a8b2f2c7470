import { named } from './names.js';
import type { Act } from './survey.js';

/** From this many dropped columns of one table on, one sentence speaks of all of them. */
const many = 3;

/** Columns of one table that one change drops. */
export interface ColumnDrops<At> {
  readonly table: string;
  readonly columns: readonly string[];
  readonly acts: readonly Act<At>[];
}

/** Splits operations into tables that lose several columns, and the rest. */
export function columnDrops<At>(acts: readonly Act<At>[]): { readonly together: readonly ColumnDrops<At>[]; readonly others: readonly Act<At>[] } {
  const byTable = new Map<string, Act<At>[]>();
  for (const act of acts) {
    if (act.operation.type !== 'dropColumn' || act.effect.data !== 'loses') continue;
    byTable.set(named(act.operation), [...(byTable.get(named(act.operation)) ?? []), act]);
  }
  const together = [...byTable].filter(([, own]) => own.length >= many);
  const taken = new Set(together.flatMap(([, own]) => own));
  return {
    together: together.map(([table, own]) => ({
      table,
      acts: own,
      columns: own.flatMap(({ operation }) => (operation.type === 'dropColumn' ? [operation.column] : [])),
    })),
    others: acts.filter((act) => !taken.has(act)),
  };
}
