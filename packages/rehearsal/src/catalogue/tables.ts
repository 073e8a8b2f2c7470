import type { Column, Table } from '@planwright/spec';
import type { Engine } from '../engine.js';
import { typeSpelling } from '../type-spelling.js';
import { present } from './present.js';
import { optionsOf, plainName, queryIn, standsAlone, userSchema } from './scope.js';
import { numberingOf, type SequenceOptions, unusualOptions } from './sequences.js';

/** A relation of the catalogue and what it has by itself: everything but constraints, indexes, triggers and policies. */
export interface Relation {
  readonly oid: number;
  readonly table: Table;
}

interface TableRow {
  readonly oid: number;
  readonly schema: string | null;
  readonly name: string;
  readonly columns: readonly ColumnRow[];
  readonly persistence: Table['persistence'] | null;
  readonly partitionBy: string | null;
  readonly parentSchema: string | null;
  readonly parent: string | null;
  readonly bounds: string | null;
  readonly inherits: string[] | null;
  readonly rowSecurity: Table['rowSecurity'] | null;
  readonly options: Record<string, string> | null;
  readonly comment: string | null;
}

interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly expression: string | null;
  readonly generated: '' | 's' | 'v';
  readonly identity: '' | 'a' | 'd';
  readonly numbering: SequenceOptions | null;
  readonly collation: string | null;
  readonly comment: string | null;
}

/** Columns of the relation `c` as JSON, in their order. Also read for composite types. */
export const columnsOf = `(
  SELECT coalesce(jsonb_agg(jsonb_build_object(
    'name', a.attname,
    'type', format_type(a.atttypid, a.atttypmod),
    'notNull', a.attnotnull,
    'expression', pg_get_expr(d.adbin, d.adrelid, true),
    'generated', a.attgenerated,
    'identity', a.attidentity,
    'numbering', CASE WHEN a.attidentity <> '' THEN ${numberingOf('a')} END,
    'collation', CASE WHEN a.attcollation <> t.typcollation THEN (SELECT collname FROM pg_collation WHERE oid = a.attcollation) END,
    'comment', col_description(c.oid, a.attnum)
  ) ORDER BY a.attnum), '[]')
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
)`;

/** Reads every table, partitions and partitioned tables included. The search path must be the default schema. */
export async function readTables(engine: Engine, defaultSchema: string): Promise<readonly Relation[]> {
  const rows = await queryIn<TableRow>(
    engine,
    `SELECT c.oid::int AS oid, nullif(n.nspname, $1) AS schema, c.relname AS name, ${columnsOf} AS columns,
      CASE c.relpersistence WHEN 'u' THEN 'unlogged' WHEN 't' THEN 'temporary' END AS persistence,
      CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS "partitionBy",
      CASE WHEN c.relispartition THEN nullif(pn.nspname, $1) END AS "parentSchema",
      CASE WHEN c.relispartition THEN p.relname END AS parent,
      pg_get_expr(c.relpartbound, c.oid, true) AS bounds,
      CASE WHEN NOT c.relispartition THEN (
        SELECT jsonb_agg(${plainName('hn.nspname', 'h.relname')} ORDER BY i.inhseqno)
        FROM pg_inherits i JOIN pg_class h ON h.oid = i.inhparent JOIN pg_namespace hn ON hn.oid = h.relnamespace WHERE i.inhrelid = c.oid
      ) END AS inherits,
      CASE WHEN c.relforcerowsecurity THEN 'forced' WHEN c.relrowsecurity THEN 'enabled' END AS "rowSecurity",
      ${optionsOf('c.reloptions')} AS options,
      obj_description(c.oid, 'pg_class') AS comment
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_inherits pi ON pi.inhrelid = c.oid AND c.relispartition
    LEFT JOIN pg_class p ON p.oid = pi.inhparent LEFT JOIN pg_namespace pn ON pn.oid = p.relnamespace
    WHERE c.relkind IN ('r', 'p') AND ${userSchema} AND ${standsAlone("'pg_class'::regclass", 'c.oid')}
    ORDER BY n.nspname, c.relname`,
    defaultSchema,
  );
  return rows.map(({ oid, columns, parent, parentSchema, bounds, ...row }) => ({
    oid,
    table: {
      ...present(row),
      columns: columns.map(columnFrom),
      ...(parent !== null && bounds !== null ? { partitionOf: present({ schema: parentSchema, table: parent, bounds }) } : {}),
    },
  }));
}

/** A column of the model from a row that `columnsOf` made. */
export function columnFrom(row: ColumnRow): Column {
  const { name, type, expression, collation, comment } = row;
  const numbering = row.numbering ? unusualOptions(row.numbering) : {};
  return {
    name,
    type: typeSpelling(type),
    ...(row.notNull ? { notNull: true } : {}),
    ...(expression !== null && row.generated === '' ? { default: expression } : {}),
    ...(expression !== null && row.generated !== '' ? { generated: { expression, ...(row.generated === 'v' ? { stored: false } : {}) } } : {}),
    ...(row.identity === '' ? {} : { identity: row.identity === 'a' ? 'always' : 'by default' }),
    ...(Object.keys(numbering).length === 0 ? {} : { identityOptions: numbering }),
    ...present({ collation, comment }),
  };
}
