import type { History, HistoryMigration, PlannedRun } from '@planwright/analyzer';
import type { Command } from '@planwright/spec';
import { migrationName } from './context/naming.js';

/** The framework's commands for the chosen migrations, by its conventions; and the database's own client, to ask it. */
export function commandsFor({ conventions, project, migrations: all }: History, chosen: readonly HistoryMigration[]): Command[] {
  const name = migrationName(chosen.at(-1)?.source.id ?? 'migration');
  const urlVariable = project.databaseUrlVariable ?? 'DATABASE_URL';
  const migrations = chosen.map((migration, index): PlannedRun => {
    const previous = all[all.indexOf(migration) - 1]?.source.id;
    return {
      id: String(index + 1).padStart(3, '0'),
      source: migration.source.id,
      ...(previous !== undefined && { previous }),
      up: migration.source.up.path,
      ...(migration.source.down && { down: migration.source.down.path }),
      transactional: migration.transaction.mode === 'transactional',
    };
  });
  const { database } = project.target;
  return [
    ...conventions.commands({ database, urlVariable, folder: project.folder, name, migrations }),
    ...(database === 'postgresql'
      ? [{ purpose: 'query' as const, scope: 'any' as const, title: 'Ask the database', command: `psql "$${urlVariable}" -X -At`, bare: true }]
      : []),
  ];
}
