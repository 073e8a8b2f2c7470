import { writerOf } from '@planwright/sql';
import type { Engine } from '../engine.js';

/** What belongs to the schema's owner, as SQL conditions. `n` is `pg_namespace`. */
export const userSchema = "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'";

/** An object of a catalogue, as an SQL expression, that comes and goes by itself: not a member of an extension, nor made along with another object, as a range type's constructors are. */
export function standsAlone(catalogue: string, oid: string): string {
  // A partitioned table depends internally on its own key columns.
  return `NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = ${catalogue} AND x.objid = ${oid} AND x.deptype IN ('e', 'i') AND (x.refclassid, x.refobjid) <> (x.classid, x.objid))`;
}

/** Storage parameters (`{fillfactor=80}`) as a JSON object, or NULL. */
export function optionsOf(column: string): string {
  return `(SELECT jsonb_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)) FROM unnest(${column}) o)`;
}

/** A name as it is written where the default schema is the search path: the schema is left out where it is `$1`. Plain, never quoted. */
export function plainName(schema: string, name: string): string {
  return `CASE WHEN ${schema} IN ($1, 'pg_catalog') THEN ${name} ELSE ${schema} || '.' || ${name} END`;
}

/** Asks with the default schema for `$1`. It is written into the text: without parameters a question takes PGlite one message instead of four. */
export function queryIn<Row>(engine: Engine, sql: string, defaultSchema: string): Promise<readonly Row[]> {
  const schema = writerOf('postgresql').quoteLiteral(defaultSchema);
  return engine.query<Row>(sql.replaceAll('$1', () => schema));
}
