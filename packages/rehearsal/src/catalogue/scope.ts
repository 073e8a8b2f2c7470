/** What belongs to the schema's owner, as SQL conditions. `n` is `pg_namespace`. */
export const userSchema = "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'";

/** An object that comes and goes by itself: not a member of an extension, nor made along with another object, as a range type's constructors are. */
export function standsAlone(catalogue: string, oid: string): string {
  // A partitioned table depends internally on its own key columns.
  return `NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = '${catalogue}'::regclass AND x.objid = ${oid} AND x.deptype IN ('e', 'i') AND (x.refclassid, x.refobjid) <> (x.classid, x.objid))`;
}

/** Storage parameters (`{fillfactor=80}`) as a JSON object, or NULL. */
export function optionsOf(column: string): string {
  return `(SELECT jsonb_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)) FROM unnest(${column}) o)`;
}

/** A name as it is written where the default schema is the search path: the schema is left out where it is `$1`. Plain, never quoted. */
export function plainName(schema: string, name: string): string {
  return `CASE WHEN ${schema} IN ($1, 'pg_catalog') THEN ${name} ELSE ${schema} || '.' || ${name} END`;
}
