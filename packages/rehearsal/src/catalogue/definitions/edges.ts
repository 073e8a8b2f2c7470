import type { Engine } from '../../engine.js';

interface EdgeRow {
  readonly one: string;
  readonly other: string;
  readonly type: string;
}

/** What needs what, by ids of definitions. What is no definition of its own, such as a row type or the index of a constraint, counts as the object that it belongs to. */
export async function readEdges(engine: Engine, known: ReadonlySet<string>): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await engine.query<EdgeRow>(
    `SELECT format('%s:%s:%s', d.classid::regclass, d.objid, d.objsubid) AS one, format('%s:%s:%s', d.refclassid::regclass, d.refobjid, d.refobjsubid) AS other, d.deptype AS type
     FROM pg_depend d WHERE d.objid >= 16384 AND d.deptype IN ('n', 'a', 'i', 'P', 'S', 'e')
     UNION ALL SELECT format('pg_type:%s:0', t.oid), format('pg_class:%s:0', c.oid), 'r' FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid WHERE c.oid >= 16384 AND c.relkind <> 'c'
     UNION ALL SELECT format('pg_class:%s:0', c.oid), format('pg_type:%s:0', t.oid), 'r' FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid WHERE c.oid >= 16384 AND c.relkind = 'c'
     UNION ALL SELECT format('pg_type:%s:0', t.typarray), format('pg_type:%s:0', t.oid), 'r' FROM pg_type t WHERE t.oid >= 16384 AND t.typarray <> 0
     UNION ALL SELECT format('pg_constraint:%s:0', k.oid), format('pg_class:%s:%s', k.conrelid, k.conkey[1]), 'r' FROM pg_constraint k WHERE k.contype = 'n' AND k.conrelid <> 0
     UNION ALL SELECT format('pg_attrdef:%s:0', d.oid), format('%s:%s:%s', CASE WHEN a.attgenerated = '' THEN 'default' ELSE 'pg_class' END, d.adrelid, d.adnum), 'g'
       FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum`,
  );
  const belongs = new Map<string, string>();
  const strength = 'greiaPS';
  const strengths = new Map<string, number>();
  for (const { one, other, type } of rows) {
    const place = strength.indexOf(type);
    if (known.has(one) || place < 0) continue;
    if ((strengths.get(one) ?? 99) <= place) continue;
    strengths.set(one, place);
    belongs.set(one, other);
  }
  const resolved = new Map<string, string | undefined>();
  const resolve = (id: string, depth = 0): string | undefined => {
    if (known.has(id)) return id;
    if (resolved.has(id)) return resolved.get(id);
    const whole = id.replace(/:\d+$/, ':0');
    const next = belongs.get(id) ?? (whole === id ? undefined : whole);
    const answer = next === undefined || depth > 20 ? undefined : resolve(next, depth + 1);
    resolved.set(id, answer);
    return answer;
  };
  const edges = new Map<string, string[]>();
  for (const { one, other, type } of rows) {
    if (type === 'e') continue;
    const [from, to] = [resolve(one), resolve(other)];
    if (from === undefined || to === undefined || from === to) continue;
    const list = edges.get(from);
    if (list) list.push(to);
    else edges.set(from, [to]);
  }
  return edges;
}
