import type { Context, Issue, Operation, PlannedMigration, PlannedStatement } from '@planwright/spec';

/** What writes an operation for a database. */
type Write = (operation: Operation) => { readonly statements: readonly string[] } | { readonly issue: Issue };

/** Gives every planned statement that has operations and no SQL its SQL, one statement each. What cannot be written is an issue and stays open. */
export async function writeSql(context: Context): Promise<{ readonly migrations: PlannedMigration[]; readonly issues: readonly Issue[] }> {
  const migrations = context.sequence?.migrations ?? [];
  const missing = migrations.some(({ statements }) => statements.some((statement) => statement.sql === undefined));
  const write = missing ? await writerOf(context.target.database) : undefined;
  if (!write) return { migrations: [...migrations], issues: [] };
  const issues: Issue[] = [];
  return {
    migrations: migrations.map((migration, position) => ({
      ...migration,
      statements: migration.statements.flatMap((statement, index) =>
        statement.sql === undefined
          ? written(statement, write, (issue) => issues.push({ ...issue, pointer: `/sequence/migrations/${position}/statements/${index}` }))
          : [statement],
      ),
    })),
    issues,
  };
}

async function writerOf(database: Context['target']['database']): Promise<Write | undefined> {
  if (database !== 'postgresql') return undefined;
  const { writeOperation } = await import('@planwright/sql/postgresql');
  return writeOperation;
}

function written(statement: PlannedStatement, write: Write, report: (issue: Issue) => void): PlannedStatement[] {
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
