import type { Constraint, ForeignKey } from '@planwright/spec';
import type { Engine } from '../engine.js';
import { present } from './present.js';
import { queryIn, userSchema } from './scope.js';

interface ConstraintRow {
  readonly oid: number;
  readonly type: 'p' | 'u' | 'f' | 'c' | 'x';
  readonly name: string;
  readonly columns: string[] | null;
  readonly include: string[] | null;
  readonly nullsNotDistinct: true | null;
  readonly deferrable: 'immediate' | 'deferred' | null;
  readonly notValid: true | null;
  readonly noInherit: true | null;
  readonly expression: string | null;
  readonly definition: string | null;
  readonly schema: string | null;
  readonly table: string | null;
  readonly referenced: string[] | null;
  readonly onDelete: string | null;
  readonly onUpdate: string | null;
  readonly match: 'full' | null;
}

const actions: Readonly<Record<string, ForeignKey['onDelete']>> = { r: 'restrict', c: 'cascade', n: 'set null', d: 'set default' };

/** Names of the columns whose numbers an array holds, in its order. */
const namesOf = (numbers: string, relation: string) =>
  `(SELECT jsonb_agg(a.attname ORDER BY u.place) FROM unnest(${numbers}) WITH ORDINALITY u (num, place) JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = u.num)`;

/** Reads the constraints of every table by the table's oid, those that a partition or heir has from its parent included. NOT NULL is the column's. */
export async function readConstraints(engine: Engine, defaultSchema: string): Promise<ReadonlyMap<number, Constraint[]>> {
  const rows = await queryIn<ConstraintRow>(
    engine,
    `SELECT k.conrelid::int AS oid, k.contype AS type, k.conname AS name, ${namesOf('k.conkey', 'k.conrelid')} AS columns,
      CASE WHEN k.contype IN ('p', 'u') THEN ${namesOf('(i.indkey::int2[])[i.indnkeyatts : i.indnatts - 1]', 'k.conrelid')} END AS include,
      CASE WHEN k.contype = 'u' AND (to_jsonb(i) ->> 'indnullsnotdistinct')::boolean THEN true END AS "nullsNotDistinct",
      CASE WHEN k.condeferrable THEN CASE WHEN k.condeferred THEN 'deferred' ELSE 'immediate' END END AS deferrable,
      CASE WHEN NOT k.convalidated THEN true END AS "notValid",
      CASE WHEN k.contype = 'c' AND k.connoinherit THEN true END AS "noInherit",
      CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid, true) END AS expression,
      CASE WHEN k.contype = 'x' THEN pg_get_constraintdef(k.oid, true) END AS definition,
      nullif(fn.nspname, $1) AS schema, f.relname AS table,
      CASE WHEN k.contype = 'f' THEN ${namesOf('k.confkey', 'k.confrelid')} END AS referenced,
      k.confdeltype AS "onDelete", k.confupdtype AS "onUpdate", CASE WHEN k.confmatchtype = 'f' THEN 'full' END AS match
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_index i ON i.indexrelid = k.conindid
    LEFT JOIN pg_class f ON f.oid = k.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
    WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND ${userSchema}
      -- A foreign key to a partitioned table has further rows, one for each partition.
      AND NOT EXISTS (SELECT FROM pg_constraint whole WHERE whole.oid = k.conparentid AND whole.conrelid = k.conrelid)
    ORDER BY k.conrelid, strpos('pufcx', k.contype::text), k.conname`,
    defaultSchema,
  );
  const constraints = new Map<number, Constraint[]>();
  for (const row of rows) constraints.set(row.oid, [...(constraints.get(row.oid) ?? []), constraintFrom(row)]);
  return constraints;
}

function constraintFrom(row: ConstraintRow): Constraint {
  const { name, deferrable, notValid } = row;
  const columns = row.columns ?? [];
  // A check or exclusion may read no column, or only expressions.
  const read = columns.length > 0 ? { columns } : {};
  switch (row.type) {
    case 'p':
      return { type: 'primaryKey', name, columns, ...present({ include: row.include, deferrable }) };
    case 'u':
      return { type: 'unique', name, columns, ...present({ include: row.include, nullsNotDistinct: row.nullsNotDistinct, deferrable }) };
    case 'f': {
      const onDelete = actions[row.onDelete ?? ''] ?? null;
      const onUpdate = actions[row.onUpdate ?? ''] ?? null;
      const references = { ...present({ schema: row.schema, columns: row.referenced }), table: row.table ?? '' };
      return { type: 'foreignKey', name, columns, references, ...present({ onDelete, onUpdate, match: row.match, deferrable, notValid }) };
    }
    case 'c':
      return { type: 'check', name, expression: row.expression ?? '', ...read, ...present({ noInherit: row.noInherit, notValid }) };
    case 'x':
      return { type: 'exclusion', name, definition: row.definition ?? '', ...read, ...present({ deferrable }) };
  }
}
