import { pathIn } from '../../layouts/paths.js';
import type { Conventions } from '../framework.js';

export const conventions: Conventions = {
  framework: {
    id: 'flyway',
    name: 'Flyway',
    heading: 'Flyway (Java)',
    tool: 'flyway migrate',
    hasDown: false,
    recordsFailure: true,
    naming: 'V<version>__<name>.sql, undone by U<version>__<name>.sql',
    migrationsGlob: 'db/migration/V*.sql',
    autogeneratesRename: false,
    transaction: 'Flyway runs each file in a transaction, and one that PostgreSQL cannot run in a transaction without; a file must not mix both.',
    goingBack:
      "The free edition has no undo: down SQL is run with the database's own client, or as a new version. `flyway undo` of the paid editions runs the U file.",
    documentation: { title: 'Flyway migrations', url: 'https://documentation.red-gate.com/flyway', topic: 'framework' },
    codeFence: 'sql',
  },
  runs: 'transaction',
  detectsNonTransactional: true,
  noTransaction: '`executeInTransaction=false` in a .conf file beside it',
  file: (planned) => {
    const version = String(planned.lastNumber + planned.number).padStart(planned.digits, '0');
    const name = `${version}__${planned.name}.sql`;
    return { file: pathIn(planned.folder, `V${name}`), downFile: pathIn(planned.folder, `U${name}`) };
  },
  commands: () => [
    { purpose: 'apply', scope: 'any', title: 'Apply migrations', command: 'flyway migrate', note: 'It applies every pending version.' },
    { purpose: 'status', scope: 'any', title: 'List migrations and their state', command: 'flyway info' },
    { purpose: 'drift', scope: 'any', title: 'Compare applied files with those of the project', command: 'flyway validate' },
    {
      purpose: 'resolve',
      scope: 'production',
      title: 'Remove a failed entry from the record',
      command: 'flyway repair',
      note: 'It changes the record only, not the schema.',
    },
    { purpose: 'reset', scope: 'development', title: 'Drop everything', command: 'flyway clean', note: 'It drops all data.' },
  ],
};
