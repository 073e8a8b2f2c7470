import type { History, HistoryMigration } from '@planwright/analyzer';
import type { Command } from '@planwright/spec';
import { migrationName } from './context/naming.js';

/** The framework's commands for the chosen migrations, by its conventions. */
export function commandsFor({ conventions, project }: History, chosen: readonly HistoryMigration[]): Command[] {
  const name = migrationName(chosen.at(-1)?.source.id ?? 'migration');
  return [
    ...conventions.commands({ database: project.target.database, urlVariable: project.databaseUrlVariable ?? 'DATABASE_URL', folder: project.folder, name }),
  ];
}
