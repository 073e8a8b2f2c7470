import type { Definition } from '@planwright/sql';
import type { Engine } from '../../engine.js';
import { commentOf, definition, optionsOf, ours, quoteIdentifier, read } from './pieces.js';

/** Constraints but NOT NULL, which is the column's, and indexes that no constraint made. */
export async function readConstraintDefinitions(engine: Engine, user: string): Promise<readonly Definition[]> {
  return [...(await constraints(engine, user)), ...(await indexes(engine, user))];
}

async function constraints(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<{
    readonly type: string;
    readonly table: number;
    readonly on: string;
    readonly text: string;
    readonly raw: string;
    readonly local: boolean;
    readonly given: boolean;
    readonly parent: number;
    readonly points: number;
    readonly space: string | null;
  }>(
    engine,
    `SELECT k.oid::int, NULL AS schema, k.conname::text AS name, format('%I ON %s', k.conname, k.conrelid::regclass) AS ref, ${commentOf('pg_constraint', 'k')}, k.contype AS type, k.conrelid::int AS table, k.conrelid::regclass::text AS on,
      pg_get_constraintdef(k.oid) AS text,
      format('%s %s %s %s %s %s %s %s %s %s %s %s %s', k.contype, k.condeferrable, k.condeferred, k.convalidated, k.connoinherit, k.confrelid, k.confupdtype, k.confdeltype, k.confmatchtype, k.conkey, k.confkey, k.conbin, k.conexclop)
        || coalesce((SELECT format('%s %s %s %s', i.indkey, i.indclass, i.indpred, to_jsonb(i) ->> 'indnullsnotdistinct') FROM pg_index i WHERE i.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x')), '')
        || coalesce(to_jsonb(k) ->> 'conenforced', '') || coalesce(to_jsonb(k) ->> 'confdelsetcols', '') AS raw,
      k.conislocal AS local, k.coninhcount > 0 AS given, k.conparentid::int AS parent, k.confrelid::int AS points,
      (SELECT s.spcname::text FROM pg_class i JOIN pg_tablespace s ON s.oid = i.reltablespace WHERE i.oid = k.conindid AND k.contype IN ('p', 'u', 'x')) AS space
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE ${ours('pg_class', 'c')} AND k.contype IN ('p', 'u', 'f', 'c', 'x')
       AND NOT EXISTS (SELECT FROM pg_constraint whole WHERE whole.oid = k.conparentid AND whole.conrelid = k.conrelid)`,
  );
  return rows.map((row) => {
    const name = quoteIdentifier(row.name);
    const inline = `CONSTRAINT ${name} ${row.text}${row.space === null ? '' : ` USING INDEX TABLESPACE ${quoteIdentifier(row.space)}`}`;
    return definition(row, 'pg_constraint', row.type === 'f' ? 'foreign key' : 'constraint', 'CONSTRAINT', user, {
      on: `pg_class:${row.table}:0`,
      raw: row.raw,
      create: [`ALTER TABLE ${row.on} ADD ${inline}`],
      ...(row.type === 'p' || row.type === 'u' || row.type === 'c' ? { inline } : {}),
      drop: [`ALTER TABLE ${row.on} DROP CONSTRAINT ${name}`],
      ...(row.type === 'f' ? { points: `pg_class:${row.points}:0` } : row.parent === 0 ? {} : { points: `pg_constraint:${row.parent}:0` }),
      ...(row.given ? { inherited: true } : {}),
      needs: [`pg_class:${row.table}:0`],
    });
  });
}

async function indexes(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<{
    readonly table: number;
    readonly text: string;
    readonly raw: string;
    readonly options: Readonly<Record<string, string>>;
    readonly statistics: readonly { readonly number: number; readonly target: number }[] | null;
    readonly parent: number | null;
  }>(
    engine,
    `SELECT c.oid::int, n.nspname::text AS schema, c.relname::text AS name, c.oid::regclass::text AS ref, ${commentOf('pg_class', 'c')}, i.indrelid::int AS table, pg_get_indexdef(c.oid) AS text,
      format('%s %s %s %s %s %s %s %s %s %s %s', c.relam, i.indisunique, i.indkey, i.indnkeyatts, i.indclass, i.indcollation, i.indoption, i.indexprs, i.indpred, to_jsonb(i) ->> 'indnullsnotdistinct', c.reltablespace) AS raw,
      ${optionsOf('c.reloptions')} AS options,
      (SELECT jsonb_agg(jsonb_build_object('number', a.attnum, 'target', a.attstattarget)) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attstattarget >= 0) AS statistics,
      (SELECT h.inhparent::int FROM pg_inherits h WHERE h.inhrelid = c.oid) AS parent
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE ${ours('pg_class', 'c')} AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))`,
  );
  return rows.map((row) =>
    definition(row, 'pg_class', 'index', 'INDEX', user, {
      on: `pg_class:${row.table}:0`,
      raw: row.raw,
      // On a partitioned table it takes in the indexes of the partitions that are there.
      create: [row.text.replace(/^(CREATE (?:UNIQUE )?INDEX (?:"(?:[^"]|"")*"|\S+) ON )ONLY /, '$1')],
      ...(row.parent === null ? {} : { points: `pg_class:${row.parent}:0`, inherited: true }),
      options: { alter: `ALTER INDEX ${row.ref}`, values: row.options },
      settings: (row.statistics ?? []).map(({ number, target }) => ({
        key: `statistics ${number}`,
        value: String(target),
        statements: [`ALTER INDEX ${row.ref} ALTER COLUMN ${number} SET STATISTICS ${target}`],
        plain: false,
      })),
      needs: [`pg_class:${row.table}:0`],
    }),
  );
}
