import type { Act, Survey } from '../survey.js';

/** The planned migration that requires a value of a new column which the change adds as NOT NULL without one; nothing where the column is added as it is written. */
export function demandedBy({ operation, statement }: Pick<Act<unknown>, 'operation' | 'statement'>, { planned }: Survey): string | undefined {
  if (operation.type !== 'addColumn' || !('id' in statement)) return undefined;
  return planned.find(
    (act) =>
      'from' in act.statement && act.statement.from === statement.id && (act.operation.type === 'validateConstraint' || act.operation.type === 'setNotNull'),
  )?.migration.id;
}
