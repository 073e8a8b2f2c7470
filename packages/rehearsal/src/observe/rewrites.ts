import type { Engine } from '../engine.js';

/** The file that holds each table's rows, by oid. One that is written anew gets another file. */
export type Files = ReadonlyMap<number, number>;

/** Files of the tables, partitions and materialized views that are there now. TRUNCATE and a refresh give new files too. */
export async function readFiles(engine: Engine): Promise<Files> {
  const rows = await engine.query<{ readonly oid: number; readonly file: number }>(
    `SELECT oid::int AS oid, pg_relation_filenode(oid)::int AS file FROM pg_class WHERE relkind IN ('r', 'm') AND oid >= 16384`,
  );
  return new Map(rows.map(({ oid, file }) => [oid, file]));
}

/** Relations that are in both and have another file. */
export function rewrittenBetween(before: Files, after: Files): readonly number[] {
  return [...before].flatMap(([oid, file]) => (after.has(oid) && after.get(oid) !== file ? [oid] : []));
}
