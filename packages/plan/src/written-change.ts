import type { History, HistoryMigration } from '@planwright/analyzer';
import type { Change, Command, Statement, WrittenMigration } from '@planwright/spec';
import { migrationName } from './context/naming.js';

/** The chosen migrations of a history as a change, with the schema around them. */
export function writtenChange({ migrations }: History, chosen: readonly HistoryMigration[]): Change {
  const [first] = chosen;
  let count = 0;
  const written = chosen.map((migration): WrittenMigration => {
    const statements = migration.statements.map(
      (statement): Statement => ({
        id: `s${++count}`,
        file: statement.file,
        line: statement.line,
        column: statement.column,
        sql: statement.sql,
        operations: [...statement.operations],
      }),
    );
    const { source, transaction } = migration;
    return {
      id: source.id,
      file: source.up.path,
      transaction: transaction.mode,
      ...(source.down && { down: { file: source.down.path, statements: [] } }),
      statements,
    };
  });
  return {
    migrations: written,
    ...(first && { before: first.before }),
    ...(chosen.length > 0 && { after: chosen.at(-1)?.after ?? first?.after ?? { tables: [] } }),
    earlier: first ? migrations.indexOf(first) : 0,
  };
}

/** The framework's commands for the chosen migrations, by its conventions. */
export function commandsFor({ conventions, project }: History, chosen: readonly HistoryMigration[]): Command[] {
  const name = migrationName(chosen.at(-1)?.source.id ?? 'migration');
  return [
    ...conventions.commands({ database: project.target.database, urlVariable: project.databaseUrlVariable ?? 'DATABASE_URL', folder: project.folder, name }),
  ];
}
