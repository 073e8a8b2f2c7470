import { pathIn } from '../../layouts/paths.js';
import type { Conventions } from '../framework.js';
import { versionLike } from '../planned-names.js';
import { takeBackAll } from '../take-back.js';

export const conventions: Conventions = {
  framework: {
    id: 'dbmate',
    name: 'dbmate',
    heading: 'dbmate (SQL)',
    tool: 'dbmate migrate',
    hasDown: true,
    recordsFailure: false,
    naming: 'YYYYMMDDHHMMSS_<name>.sql with `-- migrate:up` and `-- migrate:down`',
    migrationsGlob: 'db/migrations/*.sql',
    autogeneratesRename: false,
    transaction: 'dbmate runs each file in a transaction, unless its marker says `transaction:false`.',
    goingBack: '`dbmate rollback` runs the down part of the newest migration.',
    documentation: { title: 'dbmate', url: 'https://github.com/amacneil/dbmate', topic: 'framework' },
    codeFence: 'sql',
  },
  runs: 'transaction',
  noTransaction: '`-- migrate:up transaction:false`',
  file: (planned) => ({ file: pathIn(planned.folder, `${versionLike(planned)}_${planned.name}.sql`) }),
  commands: ({ name, migrations }) => [
    { purpose: 'generate', scope: 'development', title: 'Generate migration', command: `dbmate new ${name}` },
    { purpose: 'apply', scope: 'any', title: 'Apply migrations', command: 'dbmate migrate', note: 'It applies every pending file.' },
    ...takeBackAll(migrations, (runs) => runs.map(() => 'dbmate rollback').join(' && '), { counts: true }),
    { purpose: 'status', scope: 'any', title: 'List migrations and whether each is applied', command: 'dbmate status' },
    { purpose: 'reset', scope: 'development', title: 'Drop the database', command: 'dbmate drop', note: 'It drops all data.' },
  ],
};
