import type { Conventions } from '../framework.js';
import { pairOf, versionLike } from '../planned-names.js';
import { takeBackAll, versionOf } from '../take-back.js';

export const conventions: Conventions = {
  framework: {
    id: 'sqlx',
    name: 'SQLx',
    heading: 'SQLx (Rust)',
    tool: 'sqlx migrate run',
    hasDown: true,
    recordsFailure: true,
    naming: 'YYYYMMDDHHMMSS_<name>.up.sql and .down.sql',
    migrationsGlob: 'migrations/*.up.sql',
    autogeneratesRename: false,
    transaction: 'SQLx runs a file in a transaction, unless its first line is `-- no-transaction`.',
    goingBack: '`sqlx migrate revert` runs the down file of the newest migration.',
    documentation: { title: 'sqlx-cli', url: 'https://github.com/launchbadge/sqlx/blob/main/sqlx-cli/README.md', topic: 'framework' },
    codeFence: 'sql',
  },
  runs: 'transaction',
  noTransaction: '`-- no-transaction` as the first line',
  file: (planned) => pairOf(planned, versionLike(planned)),
  commands: ({ folder, name, migrations }) => {
    const source = folder === 'migrations' ? '' : ` --source ${folder || '.'}`;
    return [
      { purpose: 'generate', scope: 'development', title: 'Generate migration', command: `sqlx migrate add -r${source} ${name}` },
      { purpose: 'apply', scope: 'any', title: 'Apply migrations', command: `sqlx migrate run${source}`, note: 'It applies every pending file.' },
      ...takeBackAll(migrations, ([first]) => `sqlx migrate revert${source} --target-version ${versionOf(first?.previous)}`),
      { purpose: 'rollback all', scope: 'development', title: 'Take all migrations back', command: `sqlx migrate revert${source} --target-version 0` },
      { purpose: 'status', scope: 'any', title: 'List migrations and whether each is applied', command: `sqlx migrate info${source}` },
      { purpose: 'reset', scope: 'development', title: 'Reset database', command: `sqlx database reset${source}`, note: 'It drops all data.' },
      { purpose: 'client', scope: 'development', title: 'Check queries against the schema', command: 'cargo sqlx prepare' },
    ];
  },
};
