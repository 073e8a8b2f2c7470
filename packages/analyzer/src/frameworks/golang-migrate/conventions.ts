import type { Conventions } from '../framework.js';
import { pairOf, versionLike } from '../planned-names.js';
import { takeBackAll, versionOf } from '../take-back.js';

export const conventions: Conventions = {
  framework: {
    id: 'golang-migrate',
    name: 'golang-migrate',
    heading: 'golang-migrate (Go)',
    tool: 'migrate up',
    hasDown: true,
    recordsFailure: true,
    naming: '<version>_<name>.up.sql and .down.sql',
    migrationsGlob: 'migrations/*.up.sql',
    autogeneratesRename: false,
    transaction: 'golang-migrate sends a file as one query: PostgreSQL runs several statements of it in one transaction, and a single one by itself.',
    goingBack:
      '`migrate down 1` runs the down file of the newest migration. A failed file leaves the version dirty: put the schema right, then set the version with `migrate force`.',
    documentation: { title: 'golang-migrate', url: 'https://github.com/golang-migrate/migrate', topic: 'framework' },
    codeFence: 'sql',
  },
  runs: 'one query',
  file: (planned) => pairOf(planned, versionLike(planned)),
  commands: ({ folder, name, urlVariable, migrations }) => {
    const migrate = `migrate -path ${folder || '.'} -database "$${urlVariable}"`;
    return [
      { purpose: 'generate', scope: 'development', title: 'Generate migration', command: `migrate create -ext sql -dir ${folder || '.'} ${name}` },
      { purpose: 'apply', scope: 'any', title: 'Apply migrations', command: `${migrate} up`, note: 'It applies every pending file.' },
      ...takeBackAll(migrations, (runs) => `${migrate} down ${runs.length}`, { counts: true }),
      { purpose: 'rollback all', scope: 'development', title: 'Take all migrations back', command: `${migrate} down -all` },
      { purpose: 'current', scope: 'any', title: 'Show the version, and whether it is dirty', command: `${migrate} version` },
      ...migrations.map(({ id, previous }) => ({
        purpose: 'resolve' as const,
        scope: 'production' as const,
        title: `Set the version to the one before ${id} after it failed`,
        command: `${migrate} force ${versionOf(previous)}`,
        note: 'It changes the record only, not the schema.',
        migration: id,
      })),
      { purpose: 'reset', scope: 'development', title: 'Drop everything', command: `${migrate} drop`, note: 'It drops all data.' },
    ];
  },
};
