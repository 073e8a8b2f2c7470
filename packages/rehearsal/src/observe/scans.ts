import type { Engine } from '../engine.js';

/** How often each table was read in full, by oid. */
export type Scans = ReadonlyMap<number, number>;

/**
 * Full reads that the session has counted and not yet reported. Ask twice in one transaction, around a statement: between transactions the counts start anew.
 * The build of an index counts, and so does writing a table anew.
 */
export async function readScans(engine: Engine): Promise<Scans> {
  const rows = await engine.query<{ readonly oid: number; readonly scans: number }>(
    `SELECT oid::int AS oid, pg_stat_get_xact_numscans(oid)::int AS scans FROM pg_class WHERE relkind IN ('r', 'm') AND oid >= 16384`,
  );
  return new Map(rows.map(({ oid, scans }) => [oid, scans]));
}

/** Relations that were read in full between the two. */
export function scannedBetween(before: Scans, after: Scans): readonly number[] {
  return [...after].flatMap(([oid, scans]) => (scans > (before.get(oid) ?? 0) ? [oid] : []));
}
