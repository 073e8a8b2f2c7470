import type { Context, Issue, PlannedMigration, PlannedStatement } from '@planwright/spec';
import { type Writer, writerOf } from '@planwright/sql';

/** Gives every planned statement that has operations and no SQL its SQL, one statement each. What cannot be written is an issue and stays open. */
export function writeSql(context: Context): { readonly migrations: PlannedMigration[]; readonly issues: readonly Issue[] } {
  const migrations = context.sequence?.migrations ?? [];
  const missing = migrations.some(({ statements }) => statements.some((statement) => statement.sql === undefined));
  // The other databases write by the schema before each statement, which a context need not have.
  if (!missing || context.target.database !== 'postgresql') return { migrations: [...migrations], issues: [] };
  const { writeOperation } = writerOf('postgresql');
  const issues: Issue[] = [];
  return {
    migrations: migrations.map((migration, position) => ({
      ...migration,
      statements: migration.statements.flatMap((statement, index) =>
        statement.sql === undefined
          ? written(statement, writeOperation, (issue) => issues.push({ ...issue, pointer: `/sequence/migrations/${position}/statements/${index}` }))
          : [statement],
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
    return result.statements.map((sql, part) => ({ ...shared, ...whole, sql, operations: part === 0 ? [operation] : [] }));
  });
}
