import type { Constraint, ForeignKey } from '@planwright/spec';
import { narrowing } from '@planwright/sql';
import { named, type ObjectName } from '../names.js';
import type { Act, Survey } from '../survey.js';
import { listed } from '../words.js';
import type { Asking, Check } from './check.js';

/** Asks for rows that a new constraint would refuse. `asked` is the table by its name before the change. */
export function constraintCheck(
  constraint: Constraint,
  table: ObjectName,
  asked: ObjectName,
  base: Pick<Check, 'when' | 'migration'>,
  { survey, rows, quoting }: Asking,
): Check[] {
  const { schema } = survey;
  const columns = constraint.columns ?? [];
  // Values of a column that does not exist yet can't be asked beforehand.
  if (columns.some((column) => schema.isNewColumn(table, column))) return [];
  const before = columns.map((column) => schema.nameBefore(table, column));
  const about = { objects: [constraint.name ?? named(table), ...columns.map((column) => `${named(table)}.${column}`)], cost: `a scan of ${named(table)}` };
  switch (constraint.type) {
    case 'foreignKey': {
      const referenced = referencedColumns(constraint, survey);
      if (!referenced || schema.isNewTable(constraint.references)) return [];
      return [
        {
          ...base,
          proves: `every ${listed(columns)} of ${named(table)} is in ${named(constraint.references)}`,
          check: 'orphans',
          sql: rows.orphans(asked, { ...constraint, columns: before }, referenced),
          expected: '0',
          decision: 'Correct or remove these rows first.',
          ...about,
        },
      ];
    }
    case 'check': {
      const renamed = columns.some((column, position) => column !== before[position]);
      if (
        renamed ||
        (constraint.columns === undefined &&
          survey.asked.some(({ operation }) => operation.type === 'addColumn' && constraint.expression.includes(operation.column.name)))
      )
        return [];
      return [
        {
          ...base,
          proves: `every row of ${named(table)} satisfies ${constraint.expression}`,
          check: 'violations',
          sql: rows.violations(asked, constraint.expression),
          expected: '0',
          decision: 'Correct these rows first.',
          ...about,
        },
      ];
    }
    case 'unique':
    case 'primaryKey': {
      if (constraint.usingIndex) return [];
      const duplicates: Check = {
        ...base,
        proves: `no two rows of ${named(table)} have the same ${listed(columns)}`,
        check: 'duplicates',
        sql: rows.duplicates(asked, before.map(quoting.quoteIdentifier), {
          ...('nullsNotDistinct' in constraint && constraint.nullsNotDistinct && { nullsNotDistinct: true }),
        }),
        expected: 'empty result',
        decision: 'Decide which row of each group stays.',
        ...about,
      };
      const nullable = columns.filter((column) => !schema.columnBefore(table, column)?.notNull);
      return constraint.type === 'primaryKey' && nullable.length > 0
        ? [
            duplicates,
            {
              ...base,
              proves: `no row of ${named(table)} holds NULL in ${listed(nullable)}`,
              check: 'nulls',
              sql: rows.nulls(
                asked,
                nullable.map((column) => schema.nameBefore(table, column)),
              ),
              expected: '0',
              decision: 'Give these rows a value first.',
              ...about,
            },
          ]
        : [duplicates];
    }
    case 'exclusion':
      return [];
  }
}

/** The referenced columns: as written, else the primary key of the referenced table where it is known. */
function referencedColumns(key: ForeignKey, { schema }: Pick<Survey, 'schema'>): readonly string[] | undefined {
  if (key.references.columns) return key.references.columns;
  const table = schema.tableBefore(key.references) ?? schema.tableAfter(key.references);
  return table?.constraints?.find((constraint) => constraint.type === 'primaryKey')?.columns;
}

/** Asks for values that do not fit a column's new type; `query` counts them as the verdict does, where a USING expression says what becomes of them. */
export function typeCheck(
  operation: Extract<Act['operation'], { type: 'alterColumnType' }>,
  table: ObjectName,
  query: string | undefined,
  base: Pick<Check, 'when' | 'migration'>,
  { survey }: Asking,
): Check[] {
  const object = `${named(operation)}.${operation.column}`;
  const from = operation.from ?? survey.schema.columnBefore(operation, operation.column)?.type;
  const column = survey.schema.nameBefore(operation, operation.column);
  const change = operation.using || !from ? undefined : narrowing(survey.database, table, column, operation.to, from);
  const fits = change?.kind === 'fits' ? change : undefined;
  const sql = fits?.query ?? query;
  if (sql === undefined) return [];
  const isLength = /^(?:"?(?:pg_catalog|public)"?\.)?(?:var)?(?:char|bit)|^character/i.test(operation.to);
  const about = { decision: `${isLength ? 'Shorten or correct' : 'Correct'} these values first.`, objects: [object], cost: `a scan of ${named(operation)}` };
  return [{ ...base, proves: `every value of ${object} ${fits?.what ?? `fits ${operation.to}`}`, check: 'violations', sql, expected: '0', ...about }];
}
