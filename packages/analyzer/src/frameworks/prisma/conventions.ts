import { pathIn } from '../../layouts/paths.js';
import type { Conventions } from '../framework.js';
import { stampOf } from '../planned-names.js';

export const conventions: Conventions = {
  framework: {
    id: 'prisma',
    name: 'Prisma',
    heading: 'Prisma (TypeScript)',
    tool: 'prisma migrate deploy',
    hasDown: false,
    recordsFailure: true,
    naming: 'YYYYMMDDHHMMSS_<name>/migration.sql',
    migrationsGlob: 'prisma/migrations/*/migration.sql',
    autogeneratesRename: true,
    transaction: 'Prisma sends a file as one query: PostgreSQL runs several statements of it in one transaction, and a single one by itself.',
    goingBack:
      "Prisma has no down migrations: down SQL is run with the database's own client, in one transaction where its comment does not say otherwise (PostgreSQL: `psql -1`), or as a new folder. After a failed file, `prisma migrate resolve --rolled-back` makes it pending again.",
    documentation: { title: 'Prisma Migrate', url: 'https://www.prisma.io/docs/orm/prisma-migrate', topic: 'framework' },
    codeFence: 'sql',
  },
  runs: 'one query',
  file: (planned) => {
    const folder = pathIn(planned.folder, `${stampOf(planned)}_${planned.name}`);
    return { file: `${folder}/migration.sql`, downFile: `${folder}/down.sql` };
  },
  commands: ({ name, migrations }) => [
    {
      purpose: 'generate',
      scope: 'development',
      title: 'Generate migration',
      command: `npx prisma migrate dev --create-only --name ${name}`,
      note: 'It writes the SQL without applying it. It cannot see renames: they come out as DROP and ADD.',
    },
    { purpose: 'apply', scope: 'production', title: 'Apply migrations', command: 'npx prisma migrate deploy', note: 'It applies every pending folder.' },
    { purpose: 'status', scope: 'any', title: 'Check migration status', command: 'npx prisma migrate status' },
    ...migrations.map(({ id, source }) => ({
      purpose: 'resolve' as const,
      scope: 'production' as const,
      title: `Make ${id} pending again after it failed`,
      command: `npx prisma migrate resolve --rolled-back ${source}`,
      note: "It changes Prisma's record only, not the schema.",
      migration: id,
    })),
    {
      purpose: 'drift',
      scope: 'any',
      title: 'Compare the database with schema.prisma',
      command: 'npx prisma migrate diff --from-config-datasource --to-schema prisma/schema.prisma --exit-code',
      note: 'Exit code 2 means that they differ.',
    },
    { purpose: 'reset', scope: 'development', title: 'Reset database', command: 'npx prisma migrate reset', note: 'It drops all data.' },
    { purpose: 'client', scope: 'any', title: 'Generate Prisma client', command: 'npx prisma generate' },
  ],
};
