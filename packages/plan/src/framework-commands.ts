import type { History, HistoryMigration, PlannedRun } from '@planwright/analyzer';
import type { Command, Operation, Sequence } from '@planwright/spec';
import { migrationName } from './context/naming.js';

/**
 * The framework's commands for the chosen migrations, by its conventions; and the database's own client, to ask it. Where the sequence takes the place of the
 * change, they name its files: the framework knows migrations by them.
 */
export function commandsFor({ conventions, project, migrations: all }: History, chosen: readonly HistoryMigration[], sequence?: Sequence): Command[] {
  const name = migrationName(chosen.at(-1)?.source.id ?? 'migration');
  const urlVariable = project.databaseUrlVariable ?? 'DATABASE_URL';
  const written = chosen.map((migration, index): PlannedRun => {
    const previous = all[all.indexOf(migration) - 1]?.source.id;
    return {
      id: String(index + 1).padStart(3, '0'),
      source: migration.source.id,
      ...(previous !== undefined && { previous }),
      up: migration.source.up.path,
      ...(migration.source.down && { down: migration.source.down.path }),
      transactional: migration.transaction.mode === 'transactional' && !begins(migration.statements),
    };
  });
  const migrations = sequence === undefined ? written : plannedRuns(sequence, written);
  const { database } = project.target;
  return [
    ...conventions.commands({ database, urlVariable, folder: project.folder, name, migrations }),
    ...(database === 'postgresql'
      ? [{ purpose: 'query' as const, scope: 'any' as const, title: 'Ask the database', command: `psql "$${urlVariable}" -X -At`, bare: true }]
      : []),
  ];
}

/** The planned migrations as the framework meets them. Those of the change where a file's place does not tell what the framework calls it. */
function plannedRuns({ migrations }: Sequence, written: readonly PlannedRun[]): readonly PlannedRun[] {
  const [first] = written;
  const at = first?.up.indexOf(first.source) ?? -1;
  if (!first || at < 0) return written;
  const [head, tail] = [first.up.slice(0, at), first.up.slice(at + first.source.length)];
  const runs: PlannedRun[] = [];
  for (const { id, file, downFile, transaction, statements } of migrations) {
    if (file === undefined || !file.startsWith(head) || !file.endsWith(tail)) return written;
    const previous = runs.at(-1)?.source ?? first.previous;
    runs.push({
      id,
      source: file.slice(head.length, file.length - tail.length),
      ...(previous !== undefined && { previous }),
      up: file,
      ...(downFile !== undefined && first.down !== undefined && { down: downFile }),
      transactional: transaction !== 'none' && !begins(statements),
    });
  }
  return runs;
}

/** Whether a file begins its transaction by itself: whoever runs it begins none around it. */
function begins(statements: readonly { readonly operations?: readonly Operation[] }[]): boolean {
  return statements.some(({ operations = [] }) => operations.some((one) => one.type === 'controlTransaction' && one.action === 'begin'));
}
