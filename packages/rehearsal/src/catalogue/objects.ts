import type { OtherObject } from '@planwright/spec';
import type { Engine } from '../engine.js';
import { present } from './present.js';
import { queryIn, standsAlone, userSchema } from './scope.js';

interface ObjectRow {
  readonly kind: OtherObject['kind'];
  readonly schema: string | null;
  readonly name: string;
  readonly definition: string | null;
}

/** Objects made by users have oids from here on. */
const firstUserOid = 16384;

const inSchema = (kind: string, catalogue: string, prefix: string, definition = 'NULL', condition = 'true') => `
  SELECT '${kind}' AS kind, '${catalogue}'::regclass AS catalogue, o.oid, o.${prefix}namespace AS namespace, o.${prefix}name::text AS name, ${definition} AS definition
  FROM ${catalogue} o WHERE o.oid >= ${firstUserOid} AND ${condition}`;

const ofDatabase = (kind: string, catalogue: string, name: string) => `
  SELECT '${kind}', '${catalogue}'::regclass, o.oid, NULL, ${name}, NULL FROM ${catalogue} o WHERE o.oid >= ${firstUserOid}`;

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
    ofDatabase('event trigger', 'pg_event_trigger', 'o.evtname::text'),
    ofDatabase('foreign data wrapper', 'pg_foreign_data_wrapper', 'o.fdwname::text'),
    ofDatabase('server', 'pg_foreign_server', 'o.srvname::text'),
    ofDatabase('publication', 'pg_publication', 'o.pubname::text'),
    ofDatabase('language', 'pg_language', 'o.lanname::text'),
    ofDatabase('cast', 'pg_cast', "format('%s AS %s', format_type(o.castsource, NULL), format_type(o.casttarget, NULL))"),
    `SELECT 'rule', 'pg_rewrite'::regclass, o.oid, c.relnamespace, o.rulename::text, pg_get_ruledef(o.oid, true)
      FROM pg_rewrite o JOIN pg_class c ON c.oid = o.ev_class WHERE o.oid >= ${firstUserOid} AND o.rulename <> '_RETURN'`,
  ];
  // What is common to all is asked once: to plan it for each takes several times as long.
  const rows = await queryIn<ObjectRow>(
    engine,
    `SELECT o.kind, nullif(n.nspname, $1) AS schema, o.name, o.definition FROM (${parts.join(' UNION ALL ')}) o LEFT JOIN pg_namespace n ON n.oid = o.namespace
    WHERE (n.oid IS NULL OR ${userSchema}) AND ${standsAlone('o.catalogue', 'o.oid')} ORDER BY o.kind, schema NULLS FIRST, o.name`,
    defaultSchema,
  );
  return rows.map((row) => present(row));
}
