import type { Command } from '@planwright/spec';
import type { CommandFacts, Conventions } from '../framework.js';
import { numberedName, pairOf, stampOf } from '../planned-names.js';

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
  noTransaction: 'no --single-transaction',
  file: (planned) =>
    pairOf(planned, planned.digits >= 14 || planned.digits === 0 ? stampOf(planned) : (numberedName(planned).split('_')[0] ?? stampOf(planned))),
  commands: clientCommands,
};

/** The clients' command lines; the file follows at the end. */
function clientCommands({ database, urlVariable }: CommandFacts): readonly Command[] {
  switch (database) {
    case 'postgresql': {
      const psql = `psql "$${urlVariable}" -X -v ON_ERROR_STOP=1`;
      return [
        {
          purpose: 'apply',
          scope: 'any',
          title: 'Run one up file in a transaction',
          command: `${psql} --single-transaction -f`,
          note: 'The up file follows. A file that must not run in a transaction is run without --single-transaction.',
        },
        {
          purpose: 'rollback',
          scope: 'any',
          title: 'Run one down file in a transaction',
          command: `${psql} --single-transaction -f`,
          note: 'The down file follows.',
        },
        { purpose: 'current', scope: 'any', title: 'List the tables', command: `${psql} -c '\\dt'` },
      ];
    }
    case 'mysql':
      return [
        { purpose: 'apply', scope: 'any', title: 'Run one up file', command: 'mysql <', note: 'The up file follows. Each DDL statement commits by itself.' },
        { purpose: 'rollback', scope: 'any', title: 'Run one down file', command: 'mysql <', note: 'The down file follows.' },
        { purpose: 'current', scope: 'any', title: 'List the tables', command: "mysql -e 'SHOW TABLES'" },
      ];
    case 'sqlite':
      return [
        { purpose: 'apply', scope: 'any', title: 'Run one up file', command: `sqlite3 -bail "$${urlVariable}" <`, note: 'The up file follows.' },
        { purpose: 'rollback', scope: 'any', title: 'Run one down file', command: `sqlite3 -bail "$${urlVariable}" <`, note: 'The down file follows.' },
        { purpose: 'current', scope: 'any', title: 'List the tables', command: `sqlite3 "$${urlVariable}" .tables` },
      ];
  }
}
