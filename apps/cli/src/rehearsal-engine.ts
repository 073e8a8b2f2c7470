import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Rehearsable } from '@planwright/plan';
import type { Evidence } from '@planwright/spec';

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
      const { pgliteProcesses, rehearse } = await import('@planwright/rehearsal');
      const cache = cacheFolder();
      const open = pgliteProcesses({ limits, ...(cache !== undefined && { cache }) });
      return rehearse({ context, history, ...(rows !== undefined && { rows }), ...(seed !== undefined && { seed }), ...(onProgress && { onProgress }) }, open);
    },
  };
}

/** Where databases are kept between rehearsals: a cache, which anybody may empty. Without a home there is none. */
function cacheFolder(): string | undefined {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const home = homedir();
  const base = process.platform === 'win32' ? LOCALAPPDATA : join(home, process.platform === 'darwin' ? 'Library/Caches' : '.cache');
  const folder = XDG_CACHE_HOME ?? (existsSync(home) ? base : undefined);
  return folder === undefined ? undefined : join(folder, 'planwright', 'databases');
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
