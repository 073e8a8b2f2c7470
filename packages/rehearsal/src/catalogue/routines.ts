import type { Routine } from '@planwright/spec';
import type { Engine } from '../engine.js';
import { typeSpelling } from '../type-spelling.js';
import { present } from './present.js';
import { queryIn, standsAlone, userSchema } from './scope.js';

interface RoutineRow {
  readonly schema: string | null;
  readonly name: string;
  readonly kind: Routine['kind'];
  readonly types: string[];
  readonly definition: string;
  readonly returns: string | null;
  readonly set: boolean;
  readonly volatility: Routine['volatility'] | null;
}

/** Reads functions, procedures and aggregates. */
export async function readRoutines(engine: Engine, defaultSchema: string): Promise<Routine[]> {
  const rows = await queryIn<RoutineRow>(
    engine,
    `SELECT nullif(n.nspname, $1) AS schema, p.proname AS name, CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END AS kind,
      (SELECT coalesce(jsonb_agg(format_type(a.type, NULL) ORDER BY a.place), '[]') FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY a (type, place)) AS types,
      CASE WHEN p.prokind = 'a' THEN format('CREATE AGGREGATE %s (SFUNC = %s, STYPE = %s)', p.oid::regprocedure, g.aggtransfn, format_type(g.aggtranstype, NULL))
        ELSE rtrim(pg_get_functiondef(p.oid), chr(10)) END AS definition,
      CASE WHEN p.prokind <> 'p' THEN coalesce(substring(pg_get_function_result(p.oid) FROM '^TABLE.*'), format_type(p.prorettype, NULL)) END AS returns,
      p.proretset AS set,
      CASE WHEN p.prokind <> 'a' THEN CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' END END AS volatility
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace LEFT JOIN pg_aggregate g ON g.aggfnoid = p.oid
    WHERE ${userSchema} AND ${standsAlone("'pg_proc'::regclass", 'p.oid')}
    ORDER BY n.nspname, p.proname, p.oid`,
    defaultSchema,
  );
  return rows.map(({ types, returns, set, ...row }) => ({
    ...present(row),
    arguments: types.map(typeSpelling).join(', '),
    ...(returns === null ? {} : { returns: returns.startsWith('TABLE') ? returns : `${set ? 'SETOF ' : ''}${typeSpelling(returns)}` }),
  }));
}
