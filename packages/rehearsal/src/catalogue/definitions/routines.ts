import type { Definition } from '@planwright/sql';
import type { Engine } from '../../engine.js';
import { commentOf, definition, hasAndPlain, made, ours, read } from './pieces.js';

/** Functions, procedures, aggregates, operators with their classes, and casts. */
export async function readRoutineDefinitions(engine: Engine, user: string): Promise<readonly Definition[]> {
  return [
    ...(await routines(engine, user)),
    ...(await aggregates(engine, user)),
    ...(await operators(engine, user)),
    ...(await operatorClasses(engine, user)),
    ...(await casts(engine, user)),
  ];
}

async function routines(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<{ readonly kind: string; readonly arguments: string; readonly definition: string; readonly raw: string; readonly head: string }>(
    engine,
    `SELECT p.oid::int, n.nspname::text AS schema, p.proname::text AS name, format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) AS ref, p.proowner::regrole::text AS owner,
      ${hasAndPlain('p.proacl', 'f', 'p.proowner')}, ${commentOf('pg_proc', 'p')}, p.prokind AS kind, pg_get_function_identity_arguments(p.oid) AS arguments, pg_get_functiondef(p.oid) AS definition,
      ((to_jsonb(p) - ARRAY['oid', 'proname', 'pronamespace', 'proowner', 'proacl']) || jsonb_build_object('sql', pg_get_function_sqlbody(p.oid)))::text AS raw,
      format('%s %s %s %s %s %s', p.prorettype, p.proretset, p.proallargtypes, p.proargnames, p.proargmodes, p.pronargdefaults) AS head
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${ours('pg_proc', 'p')} AND p.prokind <> 'a'
       AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_proc'::regclass AND x.objid = p.oid AND x.deptype = 'i')`,
  );
  return rows.map((row) =>
    definition(row, 'pg_proc', 'routine', row.kind === 'p' ? 'PROCEDURE' : 'FUNCTION', user, {
      raw: row.raw,
      create: [row.definition.trimEnd()],
      suffix: `(${row.arguments})`,
      replaceable: row.head,
    }),
  );
}

async function aggregates(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<{ readonly arguments: string; readonly body: string; readonly raw: string; readonly initial: string | null; readonly kind: string }>(
    engine,
    `SELECT p.oid::int, n.nspname::text AS schema, p.proname::text AS name, format('%I.%I(%s)', n.nspname, p.proname, coalesce(nullif(pg_get_function_identity_arguments(p.oid), ''), '*')) AS ref, p.proowner::regrole::text AS owner,
      ${hasAndPlain('p.proacl', 'f', 'p.proowner')}, ${commentOf('pg_proc', 'p')}, coalesce(nullif(pg_get_function_identity_arguments(p.oid), ''), '*') AS arguments, a.aggkind AS kind, a.agginitval AS initial,
      concat_ws(', ', 'SFUNC = ' || a.aggtransfn, 'STYPE = ' || format_type(a.aggtranstype, NULL), CASE WHEN a.aggtransspace > 0 THEN 'SSPACE = ' || a.aggtransspace END,
        CASE WHEN a.aggfinalfn <> 0 THEN 'FINALFUNC = ' || a.aggfinalfn END, CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END, CASE WHEN a.aggcombinefn <> 0 THEN 'COMBINEFUNC = ' || a.aggcombinefn END,
        CASE WHEN a.aggserialfn <> 0 THEN 'SERIALFUNC = ' || a.aggserialfn END, CASE WHEN a.aggdeserialfn <> 0 THEN 'DESERIALFUNC = ' || a.aggdeserialfn END,
        CASE WHEN a.aggmtransfn <> 0 THEN 'MSFUNC = ' || a.aggmtransfn END, CASE WHEN a.aggminvtransfn <> 0 THEN 'MINVFUNC = ' || a.aggminvtransfn END,
        CASE WHEN a.aggmtranstype <> 0 THEN 'MSTYPE = ' || format_type(a.aggmtranstype, NULL) END, CASE WHEN a.aggmfinalfn <> 0 THEN 'MFINALFUNC = ' || a.aggmfinalfn END,
        CASE WHEN a.agginitval IS NOT NULL THEN 'INITCOND = ' || quote_literal(a.agginitval) END, CASE WHEN a.aggminitval IS NOT NULL THEN 'MINITCOND = ' || quote_literal(a.aggminitval) END,
        CASE WHEN a.aggsortop <> 0 THEN 'SORTOP = OPERATOR(' || (SELECT format('%I.%s', sn.nspname, o.oprname) FROM pg_operator o JOIN pg_namespace sn ON sn.oid = o.oprnamespace WHERE o.oid = a.aggsortop) || ')' END,
        CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END, CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END) AS body,
      to_jsonb(a)::text AS raw
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_aggregate a ON a.aggfnoid = p.oid WHERE ${ours('pg_proc', 'p')}`,
  );
  return rows.map((row) =>
    definition(row, 'pg_proc', 'routine', 'AGGREGATE', user, {
      raw: row.raw,
      create: [`CREATE AGGREGATE ${row.ref} (${row.body})`],
      suffix: `(${row.arguments})`,
    }),
  );
}

async function operators(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<{ readonly body: string; readonly sides: string; readonly full: string; readonly raw: string }>(
    engine,
    `SELECT o.oid::int, n.nspname::text AS schema, o.oprname::text AS name, format('%I.%s (%s, %s)', n.nspname, o.oprname, CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE o.oprleft::regtype::text END, o.oprright::regtype) AS ref,
      o.oprowner::regrole::text AS owner, ${commentOf('pg_operator', 'o')}, format('%I.%s', n.nspname, o.oprname) AS full, format(' (%s, %s)', o.oprleft, o.oprright) AS sides,
      concat_ws(', ', 'FUNCTION = ' || o.oprcode, CASE WHEN o.oprleft <> 0 THEN 'LEFTARG = ' || o.oprleft::regtype END, 'RIGHTARG = ' || o.oprright::regtype,
        CASE WHEN o.oprcom <> 0 THEN 'COMMUTATOR = OPERATOR(' || (SELECT format('%I.%s', xn.nspname, x.oprname) FROM pg_operator x JOIN pg_namespace xn ON xn.oid = x.oprnamespace WHERE x.oid = o.oprcom) || ')' END,
        CASE WHEN o.oprnegate <> 0 THEN 'NEGATOR = OPERATOR(' || (SELECT format('%I.%s', xn.nspname, x.oprname) FROM pg_operator x JOIN pg_namespace xn ON xn.oid = x.oprnamespace WHERE x.oid = o.oprnegate) || ')' END,
        CASE WHEN o.oprrest <> 0 THEN 'RESTRICT = ' || o.oprrest END, CASE WHEN o.oprjoin <> 0 THEN 'JOIN = ' || o.oprjoin END, CASE WHEN o.oprcanhash THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES' END) AS body,
      format('%s %s %s %s %s', o.oprcode, o.oprrest, o.oprjoin, o.oprcanhash, o.oprcanmerge) AS raw
     FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE ${ours('pg_operator', 'o')}`,
  );
  return rows.map((row) =>
    definition(row, 'pg_operator', 'operator', 'OPERATOR', user, { raw: row.raw, create: [`CREATE OPERATOR ${row.full} (${row.body})`], suffix: row.sides }),
  );
}

async function operatorClasses(engine: Engine, user: string): Promise<readonly Definition[]> {
  const families = await read<{ readonly method: string }>(
    engine,
    `SELECT f.oid::int, n.nspname::text AS schema, f.opfname::text AS name, format('%I.%I USING %I', n.nspname, f.opfname, m.amname) AS ref, f.opfowner::regrole::text AS owner, ${commentOf('pg_opfamily', 'f')}, m.amname AS method
     FROM pg_opfamily f JOIN pg_namespace n ON n.oid = f.opfnamespace JOIN pg_am m ON m.oid = f.opfmethod WHERE ${ours('pg_opfamily', 'f')}`,
  );
  const classes = await read<{ readonly head: string; readonly parts: string }>(
    engine,
    `SELECT o.oid::int, n.nspname::text AS schema, o.opcname::text AS name, format('%I.%I USING %I', n.nspname, o.opcname, m.amname) AS ref, o.opcowner::regrole::text AS owner, ${commentOf('pg_opclass', 'o')},
      format('CREATE OPERATOR CLASS %I.%I %sFOR TYPE %s USING %I FAMILY %s', n.nspname, o.opcname, CASE WHEN o.opcdefault THEN 'DEFAULT ' ELSE '' END, o.opcintype::regtype, m.amname,
        (SELECT format('%I.%I', fn.nspname, f.opfname) FROM pg_opfamily f JOIN pg_namespace fn ON fn.oid = f.opfnamespace WHERE f.oid = o.opcfamily)) AS head,
      (SELECT string_agg(part, ', ' ORDER BY part) FROM (
        SELECT format('OPERATOR %s %s', a.amopstrategy, a.amopopr::regoperator) AS part FROM pg_amop a JOIN pg_depend x ON x.classid = 'pg_amop'::regclass AND x.objid = a.oid AND x.refclassid = 'pg_opclass'::regclass AND x.refobjid = o.oid
        UNION ALL SELECT format('FUNCTION %s (%s, %s) %s', a.amprocnum, a.amproclefttype::regtype, a.amprocrighttype::regtype, a.amproc::regprocedure) FROM pg_amproc a JOIN pg_depend x ON x.classid = 'pg_amproc'::regclass AND x.objid = a.oid AND x.refclassid = 'pg_opclass'::regclass AND x.refobjid = o.oid
        UNION ALL SELECT 'STORAGE ' || o.opckeytype::regtype WHERE o.opckeytype <> 0) parts) AS parts
     FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace JOIN pg_am m ON m.oid = o.opcmethod WHERE ${ours('pg_opclass', 'o')}`,
  );
  return [
    ...families.map((row) =>
      definition(row, 'pg_opfamily', 'operator family', 'OPERATOR FAMILY', user, { raw: '', create: [`CREATE OPERATOR FAMILY ${row.ref}`] }),
    ),
    ...classes.map((row) =>
      definition(row, 'pg_opclass', 'operator class', 'OPERATOR CLASS', user, { raw: row.parts, create: [`${row.head} AS ${row.parts}`] }),
    ),
  ];
}

async function casts(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<{ readonly how: string }>(
    engine,
    `SELECT k.oid::int, NULL AS schema, format('%s AS %s', k.castsource, k.casttarget) AS name, format('(%s AS %s)', k.castsource::regtype, k.casttarget::regtype) AS ref, ${commentOf('pg_cast', 'k')},
      CASE k.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || k.castfunc::regprocedure WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END || CASE k.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END AS how
     FROM pg_cast k WHERE ${made('pg_cast', 'k')} AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_cast'::regclass AND x.objid = k.oid AND x.deptype = 'i')`,
  );
  return rows.map((row) => definition(row, 'pg_cast', 'cast', 'CAST', user, { raw: row.how, create: [`CREATE CAST ${row.ref} ${row.how}`] }));
}
