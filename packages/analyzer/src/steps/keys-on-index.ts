import type { Operation, Snapshot } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import { inAnyOrder } from '../verdicts/statement-facts.js';
import { tableIn } from './asked.js';

/**
 * The way back of a constraint that took an index over, around foreign keys of other tables that rest on the index: they step aside and come back. Nothing
 * changes for other operations.
 */
export function aroundForeignKeys(
  down: string,
  operations: readonly Operation[],
  { before, after }: { readonly before: Snapshot; readonly after: Snapshot },
): string {
  const resting = operations.flatMap((operation) => {
    if (operation.type !== 'addConstraint' || !('usingIndex' in operation.constraint) || operation.constraint.usingIndex === undefined) return [];
    const columns = tableIn(after, operation)?.constraints?.find(({ name }) => name === operation.constraint.name)?.columns ?? [];
    return before.tables.flatMap((table) =>
      table.name === operation.table && table.schema === operation.schema
        ? []
        : (table.constraints ?? []).flatMap((constraint) =>
            constraint.type === 'foreignKey' &&
            constraint.name !== undefined &&
            constraint.references.table === operation.table &&
            constraint.references.schema === operation.schema &&
            inAnyOrder(constraint.references.columns ?? []) === inAnyOrder(columns)
              ? [{ on: { ...(table.schema === undefined ? {} : { schema: table.schema }), table: table.name }, constraint, name: constraint.name }]
              : [],
          ),
    );
  });
  const text = (operation: Operation): readonly string[] => {
    const result = writerOf('postgresql').writeOperation(operation, { before });
    return 'statements' in result ? result.statements : [];
  };
  return [
    ...resting.flatMap(({ on, name }) => text({ type: 'dropConstraint', ...on, name })),
    down,
    ...resting.flatMap(({ on, constraint }) => text({ type: 'addConstraint', ...on, constraint })),
  ].join(';\n');
}
