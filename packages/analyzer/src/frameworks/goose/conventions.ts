import { pathIn } from '../../layouts/paths.js';
import type { Conventions } from '../framework.js';
import { versionLike } from '../planned-names.js';
import { takeBackAll, versionOf } from '../take-back.js';

export const conventions: Conventions = {
  framework: {
    id: 'goose',
    name: 'goose',
    heading: 'goose (Go)',
    tool: 'goose up',
    hasDown: true,
    recordsFailure: false,
    naming: '<version>_<name>.sql with `-- +goose Up` and `-- +goose Down`',
    migrationsGlob: 'migrations/*.sql',
    autogeneratesRename: false,
    transaction: 'goose runs each file in a transaction, unless it says `-- +goose NO TRANSACTION`.',
    goingBack: '`goose down` runs the down part of the newest migration.',
    documentation: { title: 'goose', url: 'https://pressly.github.io/goose/', topic: 'framework' },
    codeFence: 'sql',
  },
  runs: 'transaction',
  noTransaction: '`-- +goose NO TRANSACTION`',
  file: (planned) => ({ file: pathIn(planned.folder, `${versionLike(planned)}_${planned.name}.sql`) }),
  commands: ({ folder, name, migrations }) => {
    const goose = `goose -dir ${folder || '.'}`;
    return [
      { purpose: 'generate', scope: 'development', title: 'Generate migration', command: `${goose} create ${name} sql` },
      { purpose: 'apply', scope: 'any', title: 'Apply migrations', command: `${goose} up`, note: 'It applies every pending file.' },
      ...takeBackAll(migrations, ([first]) => `${goose} down-to ${versionOf(first?.previous)}`),
      { purpose: 'rollback all', scope: 'development', title: 'Take all migrations back', command: `${goose} down-to 0` },
      { purpose: 'current', scope: 'any', title: 'Show the version', command: `${goose} version` },
      { purpose: 'status', scope: 'any', title: 'List migrations and whether each is applied', command: `${goose} status` },
      { purpose: 'reset', scope: 'development', title: 'Take all migrations back', command: `${goose} reset` },
    ];
  },
};
