import type { Policy, Trigger } from '@planwright/spec';
import type { Engine } from '../engine.js';
import { present } from './present.js';
import { plainName, queryIn, userSchema } from './scope.js';

interface TriggerRow extends Pick<Trigger, 'name' | 'definition'> {
  readonly oid: number;
  readonly enabled: Trigger['enabled'] | null;
  readonly function: string;
}

interface PolicyRow {
  readonly oid: number;
  readonly name: string;
  readonly command: Policy['command'] | null;
  readonly permissive: false | null;
  readonly roles: string[] | null;
  readonly using: string | null;
  readonly withCheck: string | null;
}

/** Reads the triggers of tables and views by the relation's oid: not the ones that enforce constraints, nor a partition's copies of its parent's. */
export async function readTriggers(engine: Engine, defaultSchema: string): Promise<ReadonlyMap<number, Trigger[]>> {
  const rows = await queryIn<TriggerRow>(
    engine,
    `SELECT t.tgrelid::int AS oid, t.tgname AS name, pg_get_triggerdef(t.oid, true) AS definition,
      CASE t.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END AS enabled,
      ${plainName('fn.nspname', 'f.proname')} AS function
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_proc f ON f.oid = t.tgfoid JOIN pg_namespace fn ON fn.oid = f.pronamespace
    WHERE NOT t.tgisinternal AND coalesce((to_jsonb(t) ->> 'tgparentid')::oid, 0) = 0 AND ${userSchema}
    ORDER BY t.tgrelid, t.tgname`,
    defaultSchema,
  );
  const triggers = new Map<number, Trigger[]>();
  for (const { oid, ...row } of rows) triggers.set(oid, [...(triggers.get(oid) ?? []), present(row)]);
  return triggers;
}

/** Reads the row security policies of every table by its oid. */
export async function readPolicies(engine: Engine): Promise<ReadonlyMap<number, Policy[]>> {
  const rows = await engine.query<PolicyRow>(
    `SELECT p.polrelid::int AS oid, p.polname AS name,
      CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' END AS command,
      CASE WHEN NOT p.polpermissive THEN false END AS permissive,
      (SELECT jsonb_agg(r.rolname ORDER BY r.rolname) FROM pg_roles r WHERE r.oid = ANY (p.polroles)) AS roles,
      pg_get_expr(p.polqual, p.polrelid, true) AS using,
      pg_get_expr(p.polwithcheck, p.polrelid, true) AS "withCheck"
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${userSchema}
    ORDER BY p.polrelid, p.polname`,
  );
  const policies = new Map<number, Policy[]>();
  for (const { oid, ...row } of rows) policies.set(oid, [...(policies.get(oid) ?? []), present(row)]);
  return policies;
}
