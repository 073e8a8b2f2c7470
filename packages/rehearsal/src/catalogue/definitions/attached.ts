import type { Definition } from '@planwright/sql';
import type { Engine } from '../../engine.js';
import { commentOf, definition, ours, quoteIdentifier, read } from './pieces.js';

/** Triggers, rules, policies and extended statistics. */
export async function readAttachedDefinitions(engine: Engine, user: string): Promise<readonly Definition[]> {
  return [...(await triggers(engine, user)), ...(await rules(engine, user)), ...(await policies(engine, user)), ...(await statistics(engine, user))];
}

interface On {
  readonly table: number;
  readonly on: string;
  readonly text: string;
  readonly raw: string;
}

const firing: Readonly<Record<string, string>> = { O: 'ENABLE', D: 'DISABLE', R: 'ENABLE REPLICA', A: 'ENABLE ALWAYS' };

async function triggers(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<On & { readonly enabled: string }>(
    engine,
    `SELECT t.oid::int, NULL AS schema, t.tgname::text AS name, format('%I ON %s', t.tgname, t.tgrelid::regclass) AS ref, ${commentOf('pg_trigger', 't')}, t.tgrelid::int AS table, t.tgrelid::regclass::text AS on,
      pg_get_triggerdef(t.oid) AS text, t.tgenabled AS enabled,
      format('%s %s %s %s %s %s %s %s %s %s %s', t.tgfoid, t.tgtype, t.tgconstrrelid, t.tgdeferrable, t.tginitdeferred, t.tgnargs, t.tgattr, t.tgargs, t.tgqual, t.tgoldtable, t.tgnewtable) AS raw
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours('pg_class', 'c')} AND NOT t.tgisinternal AND t.tgparentid = 0`,
  );
  return rows.map((row) => {
    const state = `${firing[row.enabled] ?? 'ENABLE'} TRIGGER ${quoteIdentifier(row.name)}`;
    return definition(row, 'pg_trigger', 'trigger', 'TRIGGER', user, {
      on: `pg_class:${row.table}:0`,
      raw: row.raw,
      create: [row.text],
      settings: [{ key: 'enabled', value: row.enabled, statements: [`ALTER TABLE ${row.on} ${state}`], plain: row.enabled === 'O' }],
      needs: [`pg_class:${row.table}:0`],
    });
  });
}

async function rules(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<On & { readonly enabled: string }>(
    engine,
    `SELECT r.oid::int, NULL AS schema, r.rulename::text AS name, format('%I ON %s', r.rulename, r.ev_class::regclass) AS ref, ${commentOf('pg_rewrite', 'r')}, r.ev_class::int AS table, r.ev_class::regclass::text AS on,
      pg_get_ruledef(r.oid) AS text, r.ev_enabled AS enabled, format('%s %s %s %s', r.ev_type, r.is_instead, r.ev_qual, r.ev_action) AS raw
     FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours('pg_class', 'c')} AND r.rulename <> '_RETURN'`,
  );
  return rows.map((row) => {
    const state = `${firing[row.enabled] ?? 'ENABLE'} RULE ${quoteIdentifier(row.name)}`;
    return definition(row, 'pg_rewrite', 'rule', 'RULE', user, {
      on: `pg_class:${row.table}:0`,
      raw: row.raw,
      create: [row.text.trim().replace(/;$/, '')],
      settings: [{ key: 'enabled', value: row.enabled, statements: [`ALTER TABLE ${row.on} ${state}`], plain: row.enabled === 'O' }],
      needs: [`pg_class:${row.table}:0`],
    });
  });
}

async function policies(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<On>(
    engine,
    `SELECT p.oid::int, NULL AS schema, p.polname::text AS name, format('%I ON %s', p.polname, p.polrelid::regclass) AS ref, ${commentOf('pg_policy', 'p')}, p.polrelid::int AS table, p.polrelid::regclass::text AS on,
      format('CREATE POLICY %I ON %s%s FOR %s TO %s%s%s', p.polname, p.polrelid::regclass, CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END,
        CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
        (SELECT string_agg(CASE WHEN r = 0 THEN 'PUBLIC' ELSE r::regrole::text END, ', ') FROM unnest(p.polroles) r),
        ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')') AS text,
      format('%s %s %s %s %s', p.polcmd, p.polpermissive, p.polroles, p.polqual, p.polwithcheck) AS raw
     FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours('pg_class', 'c')}`,
  );
  return rows.map((row) =>
    definition(row, 'pg_policy', 'policy', 'POLICY', user, {
      on: `pg_class:${row.table}:0`,
      raw: row.raw,
      create: [row.text],
      needs: [`pg_class:${row.table}:0`],
    }),
  );
}

async function statistics(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<On & { readonly target: number | null }>(
    engine,
    `SELECT s.oid::int, n.nspname::text AS schema, s.stxname::text AS name, format('%I.%I', n.nspname, s.stxname) AS ref, s.stxowner::regrole::text AS owner, ${commentOf('pg_statistic_ext', 's')}, s.stxrelid::int AS table,
      s.stxrelid::regclass::text AS on, pg_get_statisticsobjdef(s.oid) AS text, format('%s %s %s', s.stxkeys, s.stxkind, s.stxexprs) AS raw, nullif(s.stxstattarget, -1)::int AS target
     FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE ${ours('pg_statistic_ext', 's')}`,
  );
  return rows.map((row) =>
    definition(row, 'pg_statistic_ext', 'statistics', 'STATISTICS', user, {
      on: `pg_class:${row.table}:0`,
      raw: row.raw,
      create: [row.text],
      settings: [
        {
          key: 'target',
          value: String(row.target),
          statements: [`ALTER STATISTICS ${row.ref} SET STATISTICS ${row.target ?? -1}`],
          plain: row.target === null,
        },
      ],
      needs: [`pg_class:${row.table}:0`],
    }),
  );
}
