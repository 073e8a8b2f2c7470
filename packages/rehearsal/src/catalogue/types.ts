import type { Check, CompositeType, Domain, EnumType } from '@planwright/spec';
import type { Engine } from '../engine.js';
import { typeSpelling } from '../type-spelling.js';
import { present } from './present.js';
import { queryIn, standsAlone, userSchema } from './scope.js';
import { columnFrom, columnsOf } from './tables.js';

interface EnumRow {
  readonly schema: string | null;
  readonly name: string;
  readonly labels: string[];
}

interface DomainRow {
  readonly schema: string | null;
  readonly name: string;
  readonly type: string;
  readonly notNull: true | null;
  readonly default: string | null;
  readonly collation: string | null;
  readonly checks: readonly { readonly name: string; readonly expression: string; readonly notValid: boolean }[];
}

interface CompositeRow {
  readonly schema: string | null;
  readonly name: string;
  readonly attributes: Parameters<typeof columnFrom>[0][];
}

const ofUser = `FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE ${userSchema} AND ${standsAlone("'pg_type'::regclass", 't.oid')}`;

/** Reads enum types, with their labels in order. */
export async function readEnums(engine: Engine, defaultSchema: string): Promise<EnumType[]> {
  const rows = await queryIn<EnumRow>(
    engine,
    `SELECT nullif(n.nspname, $1) AS schema, t.typname AS name,
      (SELECT coalesce(jsonb_agg(e.enumlabel ORDER BY e.enumsortorder), '[]') FROM pg_enum e WHERE e.enumtypid = t.oid) AS labels
    ${ofUser} AND t.typtype = 'e' ORDER BY n.nspname, t.typname`,
    defaultSchema,
  );
  return rows.map((row) => present(row));
}

/** Reads domains, with their checks. */
export async function readDomains(engine: Engine, defaultSchema: string): Promise<Domain[]> {
  const rows = await queryIn<DomainRow>(
    engine,
    `SELECT nullif(n.nspname, $1) AS schema, t.typname AS name, format_type(t.typbasetype, t.typtypmod) AS type,
      CASE WHEN t.typnotnull THEN true END AS "notNull",
      pg_get_expr(t.typdefaultbin, 0, true) AS default,
      (SELECT l.collname FROM pg_collation l JOIN pg_type b ON b.oid = t.typbasetype WHERE l.oid = t.typcollation AND t.typcollation <> b.typcollation) AS collation,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('name', k.conname, 'expression', pg_get_expr(k.conbin, 0, true), 'notValid', NOT k.convalidated) ORDER BY k.conname), '[]')
        FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c') AS checks
    ${ofUser} AND t.typtype = 'd' ORDER BY n.nspname, t.typname`,
    defaultSchema,
  );
  return rows.map(({ type, checks, ...row }) => ({
    ...present(row),
    type: typeSpelling(type),
    ...(checks.length > 0 ? { checks: checks.map(({ notValid, ...check }): Check => ({ type: 'check', ...check, ...(notValid ? { notValid } : {}) })) } : {}),
  }));
}

/** Reads composite types made by CREATE TYPE … AS; the row types of tables are not among them. */
export async function readCompositeTypes(engine: Engine, defaultSchema: string): Promise<CompositeType[]> {
  const rows = await queryIn<CompositeRow>(
    engine,
    `SELECT nullif(n.nspname, $1) AS schema, c.relname AS name, ${columnsOf} AS attributes
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'c' AND ${userSchema} AND ${standsAlone("'pg_type'::regclass", 'c.reltype')} ORDER BY n.nspname, c.relname`,
    defaultSchema,
  );
  return rows.map(({ attributes, ...row }) => ({ ...present(row), attributes: attributes.map(columnFrom) }));
}
