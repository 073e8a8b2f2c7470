import type { LockMode } from '@planwright/spec';
import { plainName, queryIn, userSchema } from '../catalogue/scope.js';
import type { Engine } from '../engine.js';
import { modeFrom, strength } from './lock-mode.js';

/** The strongest lock on one relation that is seen while a transaction is open. */
export interface SeenLock {
  /** Name before the statement, schema-qualified where the schema is not the default one. */
  readonly relation: string;
  readonly mode: LockMode;
}

/** Relations by oid, as they were named before a statement. */
export type Relations = ReadonlyMap<number, string>;

/** Tables, views and materialized views that are there now. Ask before the statement: afterwards a dropped one has no name. */
export async function readRelations(engine: Engine, defaultSchema = 'public'): Promise<Relations> {
  const rows = await queryIn<{ readonly oid: number; readonly name: string }>(
    engine,
    `SELECT c.oid::int AS oid, ${plainName('n.nspname', 'c.relname')} AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm') AND ${userSchema}`,
    defaultSchema,
  );
  return new Map(rows.map(({ oid, name }) => [oid, name]));
}

/** Locks that this session's open transaction holds on those relations, by name. Modes can be seen in one session; waits cannot. */
export async function readLocks(engine: Engine, relations: Relations): Promise<readonly SeenLock[]> {
  const rows = await engine.query<{ readonly oid: number; readonly mode: string }>(
    `SELECT relation::int AS oid, mode FROM pg_locks WHERE locktype = 'relation' AND pid = pg_backend_pid() AND granted AND relation >= 16384`,
  );
  const strongest = new Map<string, LockMode>();
  for (const { oid, mode } of rows) {
    const relation = relations.get(oid);
    const found = modeFrom(mode);
    if (relation === undefined) continue;
    const before = strongest.get(relation);
    if (before === undefined || strength.indexOf(found) > strength.indexOf(before)) strongest.set(relation, found);
  }
  return [...strongest].map(([relation, mode]) => ({ relation, mode })).sort((one, other) => (one.relation < other.relation ? -1 : 1));
}
