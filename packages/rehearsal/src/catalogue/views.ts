import type { View } from '@planwright/spec';
import type { Engine } from '../engine.js';
import { present } from './present.js';
import { optionsOf, queryIn, standsAlone, userSchema } from './scope.js';

/** A view of the catalogue, without the indexes it may have. */
export interface ViewRelation {
  readonly oid: number;
  readonly view: View;
}

interface ViewRow {
  readonly oid: number;
  readonly schema: string | null;
  readonly name: string;
  readonly query: string;
  readonly materialized: true | null;
  readonly columns: string[];
  readonly options: Record<string, string> | null;
  readonly comment: string | null;
}

/** Reads views and materialized views. The search path must be the default schema. */
export async function readViews(engine: Engine, defaultSchema: string): Promise<readonly ViewRelation[]> {
  const rows = await queryIn<ViewRow>(
    engine,
    `SELECT c.oid::int AS oid, nullif(n.nspname, $1) AS schema, c.relname AS name, rtrim(btrim(pg_get_viewdef(c.oid, true)), ';') AS query,
      CASE WHEN c.relkind = 'm' THEN true END AS materialized,
      (SELECT coalesce(jsonb_agg(a.attname ORDER BY a.attnum), '[]') FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
      ${optionsOf('c.reloptions')} AS options,
      obj_description(c.oid, 'pg_class') AS comment
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('v', 'm') AND ${userSchema} AND ${standsAlone("'pg_class'::regclass", 'c.oid')}
    ORDER BY n.nspname, c.relname`,
    defaultSchema,
  );
  return rows.map(({ oid, ...row }) => ({ oid, view: present(row) }));
}
