import type { Index, IndexKey } from '@planwright/spec';
import type { Engine } from '../engine.js';
import { present } from './present.js';
import { optionsOf, plainName, queryIn, userSchema } from './scope.js';

interface IndexRow {
  readonly oid: number;
  readonly name: string;
  readonly keys: readonly KeyRow[];
  readonly unique: true | null;
  readonly method: string | null;
  readonly where: string | null;
  readonly include: string[] | null;
  readonly nullsNotDistinct: true | null;
  readonly options: Record<string, string> | null;
  readonly comment: string | null;
}

interface KeyRow {
  readonly column: string | null;
  readonly expression: string | null;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  readonly operatorClass: string | null;
  readonly collation: string | null;
}

/** Reads the indexes of every table and materialized view by its oid, but not those that a constraint made. A partition's own are there under their own names. */
export async function readIndexes(engine: Engine, defaultSchema: string): Promise<ReadonlyMap<number, Index[]>> {
  const rows = await queryIn<IndexRow>(
    engine,
    `SELECT i.indrelid::int AS oid, c.relname AS name,
      (SELECT jsonb_agg(jsonb_build_object(
          'column', a.attname,
          'expression', CASE WHEN i.indkey[k] = 0 THEN pg_get_indexdef(i.indexrelid, k + 1, true) END,
          'descending', i.indoption[k] & 1 = 1,
          'nullsFirst', i.indoption[k] & 2 = 2,
          'operatorClass', CASE WHEN NOT o.opcdefault THEN ${plainName('os.nspname', 'o.opcname')} END,
          'collation', CASE WHEN i.indcollation[k] NOT IN (0, coalesce(a.attcollation, 100)) THEN (SELECT collname FROM pg_collation WHERE oid = i.indcollation[k]) END
        ) ORDER BY k)
        FROM generate_series(0, i.indnkeyatts - 1) k
        JOIN pg_opclass o ON o.oid = i.indclass[k] JOIN pg_namespace os ON os.oid = o.opcnamespace
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k] AND i.indkey[k] <> 0) AS keys,
      CASE WHEN i.indisunique THEN true END AS unique,
      nullif(m.amname, 'btree') AS method,
      pg_get_expr(i.indpred, i.indrelid, true) AS where,
      (SELECT jsonb_agg(a.attname ORDER BY k) FROM generate_series(i.indnkeyatts, i.indnatts - 1) k
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k]) AS include,
      CASE WHEN i.indisunique AND (to_jsonb(i) ->> 'indnullsnotdistinct')::boolean THEN true END AS "nullsNotDistinct",
      ${optionsOf('c.reloptions')} AS options,
      obj_description(c.oid, 'pg_class') AS comment
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${userSchema}
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
    ORDER BY i.indrelid, c.relname`,
    defaultSchema,
  );
  const indexes = new Map<number, Index[]>();
  for (const { oid, keys, ...row } of rows) indexes.set(oid, [...(indexes.get(oid) ?? []), { ...present(row), keys: keys.map(keyFrom) }]);
  return indexes;
}

function keyFrom(row: KeyRow): IndexKey {
  const { column, expression, descending, nullsFirst, operatorClass, collation } = row;
  return {
    ...present({ column }),
    ...(expression === null ? {} : { expression: withoutOuterParentheses(expression) }),
    ...(descending ? { order: 'desc' } : {}),
    // NULLs come last in ascending order and first in descending order, unless said otherwise.
    ...(descending === nullsFirst ? {} : { nulls: nullsFirst ? 'first' : 'last' }),
    ...present({ operatorClass, collation }),
  };
}

/** `pg_get_indexdef` puts what is not a call in parentheses, for the grammar wants them there. They always match, being PostgreSQL's own. */
function withoutOuterParentheses(expression: string): string {
  return expression.startsWith('(') && expression.endsWith(')') ? expression.slice(1, -1) : expression;
}
