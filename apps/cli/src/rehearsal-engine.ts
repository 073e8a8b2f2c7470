import { createHash } from 'node:crypto';
import type { Rehearsable } from '@planwright/plan';
import type { Evidence } from '@planwright/spec';
import { embeddedDatabases } from './embedded-databases.js';

/** How a plan is rehearsed from the command line. */
export interface RehearsalOptions {
  /** Rows that are made for each table. */
  readonly rows?: number;
  /** Number from which they are made. */
  readonly seed?: number;
  /** When a database is ended: milliseconds of one statement, and bytes of memory where it is embedded. */
  readonly limits?: { readonly statement?: number; readonly memory?: number };
  /** Told what is being done. */
  readonly onProgress?: (doing: string) => void;
}

/** A rehearsal, and what its evidence depends on beside the plan: where nothing of it has changed, the evidence still holds. */
export interface Rehearser {
  readonly rehearse: (what: Rehearsable) => Promise<Evidence | undefined>;
  readonly identity: string;
}

/** Rehearsals on PGlite, in a process of its own. Nothing is loaded before the first. */
export function embeddedRehearser({ rows, seed, limits = {}, onProgress }: RehearsalOptions = {}): Rehearser {
  return {
    identity: JSON.stringify({ engine: 'PGlite 18', rows, seed, ...limits }),
    rehearse: async ({ context, history }) => {
      const { rehearse } = await import('@planwright/rehearsal');
      const open = await embeddedDatabases(limits);
      return rehearse({ context, history, ...(rows !== undefined && { rows }), ...(seed !== undefined && { seed }), ...(onProgress && { onProgress }) }, open);
    },
  };
}

/** What a rehearsal's evidence depends on, as one number. */
export function rehearsalKey({ context, history }: Rehearsable, identity: string): string {
  const { change, sequence, validation } = context;
  const migrations = sequence?.migrations.map(({ id, transaction, reversibility, statements, validation: queries }) => ({
    id,
    transaction,
    back: reversibility?.transaction,
    statements: statements.map(({ sql, down, from, operations, verdicts }) => ({ sql, down, from, operations, lock: verdicts?.lock })),
    queries: queries?.map(({ id: query, sql, when, migration }) => ({ query, sql, when, migration })),
  }));
  const queries = validation?.map(({ id, sql, when, migration }) => ({ id, sql, when, migration }));
  return createHash('sha256')
    .update(JSON.stringify([identity, history, change, migrations, queries]))
    .digest('hex')
    .slice(0, 32);
}
