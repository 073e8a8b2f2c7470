import type { Context, Issue, Operation, PlannedMigration, PlannedStatement } from '@planwright/spec';
import { type Writer, writerOf } from '@planwright/sql';
import { inverseOperation } from './inverse-operation.js';

/**
 * Gives every planned statement that has operations and no SQL its SQL, one statement each. What cannot be written is an issue and stays open. A statement on a
 * table of which nothing is known gets the way back that its own words tell.
 */
export function writeSql(context: Context): { readonly migrations: PlannedMigration[]; readonly issues: readonly Issue[] } {
  const migrations = context.sequence?.migrations ?? [];
  // The other databases write by the schema before each statement, which a context need not have.
  if (context.target.database !== 'postgresql') return { migrations: [...migrations], issues: [] };
  const operations = migrations.flatMap(({ statements }) => statements.flatMap((statement) => statement.operations));
  const known = new Set([
    ...[...(context.change.before?.tables ?? []), ...(context.change.after?.tables ?? [])].map(({ name }) => name),
    ...operations.flatMap((one) => (one.type === 'createTable' ? [one.table.name] : one.type === 'renameTable' ? [one.to] : [])),
  ]);
  const { writeOperation } = writerOf('postgresql');
  const issues: Issue[] = [];
  return {
    migrations: migrations.map((migration, position) => ({
      ...migration,
      statements: migration.statements.flatMap((statement, index) =>
        statement.sql === undefined
          ? written(statement, writeOperation, (issue) => issues.push({ ...issue, pointer: `/sequence/migrations/${position}/statements/${index}` }))
          : [withWayBack(statement, known, writeOperation)],
      ),
    })),
    issues,
  };
}

function written(statement: PlannedStatement, write: Writer['writeOperation'], report: (issue: Issue) => void): PlannedStatement[] {
  return statement.operations.flatMap((operation): PlannedStatement[] => {
    const { sql: _sql, operations: _operations, ...rest } = statement;
    // A down that takes back the whole statement belongs to its first part only when the statement stays whole.
    const { down, ...shared } = rest;
    const whole = statement.operations.length === 1 && down !== undefined ? { down } : {};
    const result = write(operation);
    if ('issue' in result) {
      report(result.issue);
      return [{ ...shared, ...whole, operations: [operation] }];
    }
    const back = wayBack(operation, whole.down, write);
    return result.statements.map((sql, part) => ({
      ...shared,
      ...(back === undefined ? whole : { down: back }),
      sql,
      operations: part === 0 ? [operation] : [],
    }));
  });
}

/** Where the schema before is not known, comparing it with the one after finds no way back; the operation alone often tells it. */
function wayBack(operation: Operation, down: string | undefined, write: Writer['writeOperation']): string | undefined {
  if (down !== '') return down;
  const inverse = inverseOperation(operation);
  const result = inverse && write(inverse);
  return result && 'statements' in result ? result.statements.join(';\n') : undefined;
}

/** A schema that does not know the table finds nothing to take back, which does not mean that nothing needs doing. */
function withWayBack(statement: PlannedStatement, known: ReadonlySet<string>, write: Writer['writeOperation']): PlannedStatement {
  const [operation, second] = statement.operations;
  if (statement.down !== '' || !operation || second || !('table' in operation) || typeof operation.table !== 'string' || known.has(operation.table))
    return statement;
  const down = wayBack(operation, '', write);
  return down === undefined ? statement : { ...statement, down };
}
