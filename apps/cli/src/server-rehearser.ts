import type { Waits } from '@planwright/rehearsal';
import type { Evidence } from '@planwright/spec';
import { onServer } from './database-url.js';
import type { RehearsalOptions, Rehearser } from './rehearsal-engine.js';

export interface ServerRehearsalOptions extends RehearsalOptions {
  /** Connection string of a login that may make databases and roles. */
  readonly url: string;
  /** Run with that login's own rights where no other can be made. */
  readonly trust?: boolean;
}

/** Rows that an application works on, where nobody says how many. */
const rowsUnderLoad = 100_000;

/** Rehearsals on a PostgreSQL server, in scratch databases of their own, and what a reader and a writer feel there meanwhile. A server that refuses is the caller's input to mend: `InvalidInput`. */
export function serverRehearser({ url, trust = false, rows, seed, limits: { statement } = {}, onProgress }: ServerRehearsalOptions): Rehearser {
  const { host, pathname } = new URL(url.replace('@/', '@localhost/').replace(':///', '://localhost/'));
  return {
    // Where the database is, and nothing of who asks it.
    identity: JSON.stringify({ engine: 'PostgreSQL', at: `${host}${pathname}`, trust, rows, seed, statement }),
    rehearse: ({ context, history }) =>
      onServer(async () => {
        const { measureWaits, openServer, rehearse } = await import('@planwright/rehearsal');
        const server = await openServer({ url, trust, ...(statement !== undefined && { limits: { statement } }) });
        try {
          const input = { context, history, ...(seed !== undefined && { seed }), ...(onProgress && { onProgress }) };
          const evidence = await rehearse({ ...input, ...(rows !== undefined && { rows }) }, server.open);
          return withWaits(evidence, await measureWaits({ ...input, rows: rows ?? rowsUnderLoad }, server.open));
        } finally {
          await server.close();
        }
      }),
  };
}

/** The evidence with what an application felt, and how often each statement had to give way to it. */
export function withWaits(evidence: Evidence, { waits, retries, notes }: Waits): Evidence {
  const all = [...new Set([...(evidence.notes ?? []), ...notes])];
  const migrations = evidence.migrations?.map(({ statements, ...migration }) => {
    const met = retries.filter(
      ({ subject, migration: id }) => subject === (migration.subject ?? 'sequence') && id === migration.migration && (migration.direction ?? 'up') === 'up',
    );
    return {
      ...migration,
      statements: statements.map((statement) => {
        const times = met.find(({ sql }) => sql === statement.sql)?.times;
        return times === undefined ? statement : { ...statement, retries: times };
      }),
    };
  });
  return { ...evidence, ...(migrations && { migrations }), ...(waits.length > 0 && { waits: [...waits] }), ...(all.length > 0 && { notes: all }) };
}

/** The same rehearsal from the structure of somebody's database instead of the earlier migrations. Its rows are not read. */
export function fromSchemaOf(url: string, { rehearse }: Rehearser): Rehearser {
  return {
    // A database can be another one tomorrow, so that nothing recorded holds.
    identity: `schema read at ${Date.now()}`,
    rehearse: ({ context }) =>
      onServer(async () => {
        const { readSchemaStatements } = await import('@planwright/rehearsal');
        const statements = await readSchemaStatements(url);
        return rehearse({ context, history: [{ id: 'the schema that was read', file: '', transaction: 'transactional', statements }] });
      }),
  };
}
