import type { Command } from '@planwright/spec';
import type { CommandFacts, Conventions, PlannedRun } from '../framework.js';
import { namedLike } from '../planned-names.js';

export const conventions: Conventions = {
  framework: {
    id: 'sql',
    name: 'SQL files',
    heading: 'Plain SQL',
    hasDown: true,
    recordsFailure: false,
    naming: '<version>_<name>.up.sql and .down.sql',
    migrationsGlob: 'migrations/*.sql',
    autogeneratesRename: false,
    transaction: 'The client decides: with psql, `--single-transaction` runs a file as one; without it each statement commits by itself.',
    goingBack: "The down files are run with the database's own client, newest first.",
    documentation: { title: 'psql', url: 'https://www.postgresql.org/docs/current/app-psql.html', topic: 'database' },
    codeFence: 'sql',
  },
  runs: 'transaction',
  file: namedLike,
  commands: clientCommands,
};

/** One command for each migration that has a down file, newest first. */
function takenBack(migrations: readonly PlannedRun[], command: (run: PlannedRun) => string): readonly Command[] {
  return migrations
    .filter(({ down }) => down !== undefined)
    .toReversed()
    .map((run) => ({
      purpose: 'rollback',
      scope: 'any',
      title: `Take back ${run.id}`,
      command: command(run),
      migration: run.id,
      alone: true,
      ...(run.previous && { returnsTo: run.previous }),
      bare: true,
    }));
}

/** The clients' command lines, one for each file. */
function clientCommands({ database, urlVariable, migrations }: CommandFacts): readonly Command[] {
  switch (database) {
    case 'postgresql': {
      const psql = `psql "$${urlVariable}" -X -v ON_ERROR_STOP=1`;
      return [
        ...migrations.map(
          ({ id, up, transactional }): Command => ({
            purpose: 'apply',
            scope: 'any',
            title: `Apply ${id}`,
            command: `${psql}${transactional ? ' --single-transaction' : ''} -f ${up}`,
            migration: id,
            alone: true,
            bare: true,
          }),
        ),
        ...takenBack(migrations, ({ down, transactional }) => `${psql}${transactional ? ' --single-transaction' : ''} -f ${down}`),
        { purpose: 'current', scope: 'any', title: 'List the tables', command: `${psql} -c '\\dt'` },
      ];
    }
    case 'mysql':
      return [
        ...migrations.map(
          ({ id, up }): Command => ({
            purpose: 'apply',
            scope: 'any',
            title: `Apply ${id}`,
            command: `mysql < ${up}`,
            migration: id,
            alone: true,
            note: 'Each DDL statement commits by itself.',
            bare: true,
          }),
        ),
        ...takenBack(migrations, ({ down }) => `mysql < ${down}`),
        { purpose: 'current', scope: 'any', title: 'List the tables', command: "mysql -e 'SHOW TABLES'" },
      ];
    case 'sqlite':
      return [
        ...migrations.map(
          ({ id, up }): Command => ({
            purpose: 'apply',
            scope: 'any',
            title: `Apply ${id}`,
            command: `sqlite3 -bail "$${urlVariable}" < ${up}`,
            migration: id,
            alone: true,
            bare: true,
          }),
        ),
        ...takenBack(migrations, ({ down }) => `sqlite3 -bail "$${urlVariable}" < ${down}`),
        { purpose: 'current', scope: 'any', title: 'List the tables', command: `sqlite3 "$${urlVariable}" .tables` },
      ];
  }
}
