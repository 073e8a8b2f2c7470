import { pathIn } from '../../layouts/paths.js';
import type { Conventions } from '../framework.js';
import { numberedName } from '../planned-names.js';

export const conventions: Conventions = {
  framework: {
    id: 'drizzle',
    name: 'Drizzle',
    heading: 'Drizzle (TypeScript)',
    tool: 'drizzle-kit migrate',
    hasDown: false,
    recordsFailure: false,
    naming: 'NNNN_<name>.sql, listed in meta/_journal.json',
    migrationsGlob: 'drizzle/*.sql',
    autogeneratesRename: false,
    transaction:
      'Drizzle runs all pending files in one transaction, each statement by itself, split at `--> statement-breakpoint`. A file that must run outside of it begins with `COMMIT;` and a breakpoint, which end that transaction.',
    runsTogether: true,
    goingBack:
      "Drizzle has no down migrations: down SQL is run with the database's own client, in one transaction where its comment does not say otherwise (PostgreSQL: `psql -1`), or as a new file made by `drizzle-kit generate --custom`.",
    documentation: { title: 'Drizzle migrations', url: 'https://orm.drizzle.team/docs/migrations', topic: 'framework' },
    codeFence: 'sql',
  },
  runs: 'transaction',
  // Drizzle knows no marker: what PostgreSQL refuses in a transaction runs behind the end of Drizzle's.
  noTransaction: '`COMMIT;` and `--> statement-breakpoint` before its statement',
  file: (planned) => {
    const base = pathIn(planned.folder, numberedName({ ...planned, digits: Math.max(planned.digits, 4) }));
    return { file: `${base}.sql` };
  },
  commands: ({ name, database, urlVariable }) => [
    {
      purpose: 'generate',
      scope: 'development',
      title: 'Generate migration',
      command: `npx drizzle-kit generate --custom --name ${name}`,
      note: 'It writes an empty file and its line in the journal; without --custom, SQL from the schema, asking about renames.',
    },
    { purpose: 'apply', scope: 'any', title: 'Apply migrations', command: 'npx drizzle-kit migrate', note: 'It applies every pending file.' },
    ...(database === 'postgresql'
      ? [
          {
            purpose: 'current' as const,
            scope: 'any' as const,
            title: 'Show the newest applied migration',
            command: `psql "$${urlVariable}" -X -c 'SELECT hash, created_at FROM drizzle.__drizzle_migrations ORDER BY created_at DESC LIMIT 1'`,
            note: 'Drizzle has no command for it.',
          },
        ]
      : []),
    { purpose: 'drift', scope: 'development', title: 'Check the history for conflicts', command: 'npx drizzle-kit check' },
  ],
};
