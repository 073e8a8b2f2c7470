import type { OtherObject } from '@planwright/spec';
import type { Engine } from '../engine.js';
import { present } from './present.js';
import { standsAlone, userSchema } from './scope.js';

interface ObjectRow {
  readonly kind: OtherObject['kind'];
  readonly schema: string | null;
  readonly name: string;
  readonly definition: string | null;
}

/** Objects made by users have oids from here on. */
const firstUserOid = 16384;

const inSchema = (kind: string, catalogue: string, prefix: string, definition = 'NULL', condition = 'true') => `
  SELECT '${kind}' AS kind, nullif(n.nspname, $1) AS schema, o.${prefix}name::text AS name, ${definition} AS definition
  FROM ${catalogue} o JOIN pg_namespace n ON n.oid = o.${prefix}namespace
  WHERE ${condition} AND ${userSchema} AND ${standsAlone(catalogue, 'o.oid')}`;

const ofDatabase = (kind: string, catalogue: string, prefix: string) => `
  SELECT '${kind}', NULL, o.${prefix}name::text, NULL FROM ${catalogue} o WHERE o.oid >= ${firstUserOid} AND ${standsAlone(catalogue, 'o.oid')}`;

/** Reads what is known by kind and name only. Roles, tablespaces and databases belong to the server and not to the schema. */
export async function readObjects(engine: Engine, defaultSchema: string): Promise<OtherObject[]> {
  const parts = [
    inSchema('collation', 'pg_collation', 'coll'),
    inSchema('conversion', 'pg_conversion', 'con'),
    inSchema('operator', 'pg_operator', 'opr'),
    inSchema('operator class', 'pg_opclass', 'opc'),
    inSchema('operator family', 'pg_opfamily', 'opf'),
    inSchema('statistics', 'pg_statistic_ext', 'stx', 'pg_get_statisticsobjdef(o.oid)'),
    inSchema('text search', 'pg_ts_config', 'cfg'),
    inSchema('text search', 'pg_ts_dict', 'dict'),
    inSchema('text search', 'pg_ts_parser', 'prs'),
    inSchema('text search', 'pg_ts_template', 'tmpl'),
    inSchema('foreign table', 'pg_class', 'rel', 'NULL', "o.relkind = 'f'"),
    // Range types; their array and multirange types come with them.
    inSchema('type', 'pg_type', 'typ', 'NULL', "o.typtype = 'r'"),
    ofDatabase('event trigger', 'pg_event_trigger', 'evt'),
    ofDatabase('foreign data wrapper', 'pg_foreign_data_wrapper', 'fdw'),
    ofDatabase('server', 'pg_foreign_server', 'srv'),
    ofDatabase('publication', 'pg_publication', 'pub'),
    ofDatabase('language', 'pg_language', 'lan'),
    `SELECT 'rule', nullif(n.nspname, $1), r.rulename::text, pg_get_ruledef(r.oid, true)
      FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.rulename <> '_RETURN' AND ${userSchema}`,
    `SELECT 'cast', NULL, format('%s AS %s', format_type(k.castsource, NULL), format_type(k.casttarget, NULL)), NULL
      FROM pg_cast k WHERE k.oid >= ${firstUserOid} AND ${standsAlone('pg_cast', 'k.oid')}`,
  ];
  const rows = await engine.query<ObjectRow>(`SELECT * FROM (${parts.join(' UNION ALL ')}) objects ORDER BY kind, schema NULLS FIRST, name`, [defaultSchema]);
  return rows.map((row) => present(row));
}
