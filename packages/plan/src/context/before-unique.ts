import type { Quoting } from '@planwright/sql';
import { named } from '../names.js';
import { indexKeys, rowQueries } from '../row-queries.js';
import type { Survey } from '../survey.js';
import type { Check } from './check.js';

/** Asks for rows that share a key of a unique index to be, once its new columns have been filled: before, nobody could. */
export function beforeUnique(survey: Survey, quoting: Quoting): Check[] {
  const rows = rowQueries(survey.database, quoting);
  return survey.planned.flatMap(({ operation, effect, migration }, place): Check[] => {
    if (operation.type !== 'createIndex' || !operation.index.unique || effect.data !== 'may fail') return [];
    const { index } = operation;
    const added = index.keys.flatMap(({ column }) => (column !== undefined && survey.schema.isNewColumn(operation, column) ? [column] : []));
    const fill = survey.planned
      .slice(0, place)
      .findLast(
        ({ operation: one }) =>
          (one.type === 'backfill' || one.type === 'updateRows') && named(one) === named(operation) && filled(one).some((column) => added.includes(column)),
      );
    if (!fill || fill.migration.id === migration.id) return [];
    const options = { ...(index.nullsNotDistinct && { nullsNotDistinct: true }), ...(index.where && { where: index.where }) };
    return [
      {
        when: 'after backfill',
        migration: fill.migration.id,
        proves: `no two rows of ${named(operation)} share a key of ${index.name ?? 'the unique index'}, which Migration ${migration.id} builds`,
        check: 'duplicates',
        sql: rows.duplicates(operation, indexKeys(index, quoting), options),
        expected: 'empty result',
        decision: 'Decide which row of each group stays.',
        objects: [index.name ?? named(operation)],
        cost: `a scan of ${named(operation)}`,
      },
    ];
  });
}

function filled(operation: { readonly columns?: readonly string[]; readonly set?: Readonly<Record<string, string>> }): readonly string[] {
  return operation.columns ?? Object.keys(operation.set ?? {});
}
