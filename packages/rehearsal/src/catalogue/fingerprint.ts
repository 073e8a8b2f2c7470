import type { Engine } from '../engine.js';

/** What a database's catalogue holds, as sorted lines that name every object and everything it has; two databases with the same lines have the same schema. */
export interface Fingerprint {
  readonly lines: readonly string[];
}

/** How two catalogues differ. */
export interface FingerprintDifference {
  /** Lines of the first that the second lacks, and the other way round. */
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  /** Whether nothing is left once the order of columns and the names of NOT NULL constraints don't count. */
  readonly exactButForOrderAndNames: boolean;
}

const user = "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'";
const own = (catalogue: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = '${catalogue}'::regclass AND x.objid = ${oid} AND x.deptype = 'e')`;

/** Privileges as they work: those that are there by default are told as well, so that NULL and the default written out are the same. */
const privileges = (acl: string, type: string, owner: string) =>
  `(SELECT coalesce(string_agg(x, ', ' ORDER BY x), 'nobody') FROM (SELECT format('%s %s%s', CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END, a.privilege_type, CASE WHEN a.is_grantable THEN ' grantable' ELSE '' END) AS x
    FROM aclexplode(coalesce(${acl}, acldefault('${type}', ${owner}))) a) p)`;

const columnPrivileges =
  "(SELECT coalesce(string_agg(format('%s %s', CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END, x.privilege_type), ', ' ORDER BY x.grantee::regrole::text, x.privilege_type), '') FROM aclexplode(a.attacl) x)";

/** A catalogue's row as JSON, with the columns that hold oids replaced by names. */
const row = (alias: string, without: readonly string[], names: Readonly<Record<string, string>>) =>
  `(to_jsonb(${alias}) - ARRAY[${['oid', ...without, ...Object.keys(names)].map((name) => `'${name}'`).join(', ')}] || jsonb_build_object(${Object.entries(
    names,
  )
    .map(([name, value]) => `'${name}', ${value}`)
    .join(', ')}))::text`;

/** Each gives lines. Nothing here is shared with the reader of snapshots, so that one finds what the other overlooks. */
const parts: readonly string[] = [
  `SELECT format('schema %s owner %s privileges %s', n.nspname, n.nspowner::regrole, ${privileges('n.nspacl', 'n', 'n.nspowner')}) FROM pg_namespace n WHERE ${user}`,
  `SELECT format('extension %s schema %s version %s', extname, extnamespace::regnamespace, extversion) FROM pg_extension`,
  `SELECT format('relation %s kind %s persistence %s owner %s access %s tablespace %s options %s toast %s of %s', c.oid::regclass, c.relkind, c.relpersistence, c.relowner::regrole,
      (SELECT amname FROM pg_am WHERE oid = c.relam), (SELECT spcname FROM pg_tablespace WHERE oid = c.reltablespace),
      (SELECT string_agg(o, ',' ORDER BY o) FROM unnest(c.reloptions) o), (SELECT string_agg(o, ',' ORDER BY o) FROM pg_class t, unnest(t.reloptions) o WHERE t.oid = c.reltoastrelid),
      CASE WHEN c.reloftype <> 0 THEN c.reloftype::regtype::text END)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${user} AND c.relkind <> 'c' AND ${own('pg_class', 'c.oid')}`,
  `SELECT format('relation %s privileges %s', c.oid::regclass, ${privileges('c.relacl', 'r', 'c.relowner')})
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${user} AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${own('pg_class', 'c.oid')}`,
  `SELECT format('sequence %s privileges %s', c.oid::regclass, ${privileges('c.relacl', 's', 'c.relowner')})
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${user} AND c.relkind = 'S' AND ${own('pg_class', 'c.oid')}`,
  `SELECT format('table %s row security %s forced %s replica identity %s %s populated %s', c.oid::regclass, c.relrowsecurity, c.relforcerowsecurity, c.relreplident,
      (SELECT i.indexrelid::regclass FROM pg_index i WHERE i.indrelid = c.oid AND i.indisreplident), c.relispopulated)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${user} AND c.relkind IN ('r', 'p', 'm') AND ${own('pg_class', 'c.oid')}`,
  `SELECT format('table %s partitioned by %s', c.oid::regclass, pg_get_partkeydef(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${user} AND c.relkind = 'p'`,
  `SELECT format('relation %s inherits %s place %s bounds %s', h.inhrelid::regclass, h.inhparent::regclass, h.inhseqno, pg_get_expr(c.relpartbound, c.oid))
    FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${user}`,
  `SELECT format('view %s reads %s', c.oid::regclass, pg_get_viewdef(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${user} AND c.relkind IN ('v', 'm') AND ${own('pg_class', 'c.oid')}`,
  `SELECT format('column %s.%s type %s not null %s default %s identity %s generated %s collation %s storage %s compression %s statistics %s options %s %s privileges %s%s', a.attrelid::regclass, a.attname,
      format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated, CASE WHEN a.attcollation <> 0 THEN a.attcollation::regcollation END, a.attstorage, a.attcompression,
      nullif(a.attstattarget, -1), a.attoptions, a.attfdwoptions, ${columnPrivileges}, CASE WHEN c.relkind = 'r' AND NOT c.relispartition THEN format(' ancestors %s', a.attinhcount) END)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE ${user} AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND ${own('pg_class', 'c.oid')}`,
  `SELECT format('order %s: %s', c.oid::regclass, string_agg(a.attname, ', ' ORDER BY a.attnum))
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${user} AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND ${own('pg_class', 'c.oid')} GROUP BY c.oid`,
  `SELECT format('identity %s.%s sequence %s %s', a.attrelid::regclass, a.attname, s.seqrelid::regclass, ${row('s', ['seqrelid'], { seqtypid: 's.seqtypid::regtype' })})
    FROM pg_sequence s JOIN pg_depend x ON x.classid = 'pg_class'::regclass AND x.objid = s.seqrelid AND x.deptype = 'i' AND x.refclassid = 'pg_class'::regclass AND x.refobjsubid > 0
    JOIN pg_attribute a ON a.attrelid = x.refobjid AND a.attnum = x.refobjsubid JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${user}`,
  `SELECT format('sequence %s %s owned by %s.%s', s.seqrelid::regclass, ${row('s', ['seqrelid'], { seqtypid: 's.seqtypid::regtype' })}, a.attrelid::regclass, a.attname)
    FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_depend x ON x.classid = 'pg_class'::regclass AND x.objid = s.seqrelid AND x.deptype = 'a' AND x.refclassid = 'pg_class'::regclass AND x.refobjsubid > 0
    LEFT JOIN pg_attribute a ON a.attrelid = x.refobjid AND a.attnum = x.refobjsubid WHERE ${user} AND ${own('pg_class', 'c.oid')}`,
  `SELECT format('constraint %s on %s%s: %s%s', k.conname, CASE WHEN k.conrelid <> 0 THEN k.conrelid::regclass::text END, CASE WHEN k.contypid <> 0 THEN k.contypid::regtype::text END, pg_get_constraintdef(k.oid),
      CASE WHEN c.relkind = 'r' AND NOT c.relispartition THEN format(' ancestors %s', k.coninhcount) END)
    FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace LEFT JOIN pg_class c ON c.oid = k.conrelid WHERE ${user} AND k.contype <> 'n' AND ${own('pg_constraint', 'k.oid')}
      AND NOT EXISTS (SELECT FROM pg_constraint whole WHERE whole.oid = k.conparentid AND whole.conrelid = k.conrelid)`,
  `SELECT format('not null %s on %s%s: %s', k.conname, CASE WHEN k.conrelid <> 0 THEN k.conrelid::regclass::text END, CASE WHEN k.contypid <> 0 THEN k.contypid::regtype::text END, pg_get_constraintdef(k.oid))
    FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE ${user} AND k.contype = 'n'`,
  `SELECT format('index %s: %s valid %s ready %s clustered %s statistics %s of a constraint %s', i.indexrelid::regclass, pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisready, i.indisclustered,
      (SELECT string_agg(format('%s %s', a.attnum, a.attstattarget), ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0),
      EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')))
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${user}`,
  `SELECT format('trigger %s on %s: %s enabled %s', t.tgname, t.tgrelid::regclass, pg_get_triggerdef(t.oid), t.tgenabled)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${user} AND NOT t.tgisinternal`,
  // Disabling all triggers of a table disables those of its foreign keys as well.
  `SELECT format('foreign key triggers of %s: %s', k.conname, string_agg(t.tgenabled::text, '' ORDER BY t.tgrelid::regclass::text, t.tgtype))
    FROM pg_trigger t JOIN pg_constraint k ON k.oid = t.tgconstraint JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${user} AND t.tgisinternal AND t.tgenabled <> 'O' GROUP BY k.oid, k.conname`,
  `SELECT format('rule %s: %s enabled %s', c.oid::regclass, pg_get_ruledef(r.oid), r.ev_enabled) FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${user} AND r.rulename <> '_RETURN' AND ${own('pg_class', 'c.oid')}`,
  `SELECT format('policy %s on %s: %s permissive %s to %s using %s check %s', p.polname, p.polrelid::regclass, p.polcmd, p.polpermissive,
      (SELECT string_agg(CASE WHEN r = 0 THEN 'public' ELSE r::regrole::text END, ', ' ORDER BY r::regrole::text) FROM unnest(p.polroles) r), pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${user}`,
  `SELECT format('type %s kind %s owner %s privileges %s base %s not null %s default %s collation %s labels %s range %s', t.oid::regtype, t.typtype, t.typowner::regrole, ${privileges('t.typacl', 'T', 't.typowner')},
      CASE WHEN t.typbasetype <> 0 THEN format_type(t.typbasetype, t.typtypmod) END, t.typnotnull, t.typdefault, CASE WHEN t.typcollation <> 0 THEN t.typcollation::regcollation END,
      (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
      (SELECT format('%s %s %s %s %s', r.rngsubtype::regtype, r.rngmultitypid::regtype, (SELECT opcname FROM pg_opclass WHERE oid = r.rngsubopc), r.rngcanonical, r.rngsubdiff) FROM pg_range r WHERE r.rngtypid = t.oid))
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE ${user} AND (t.typtype IN ('e', 'd', 'r', 'b', 'p') AND t.typcategory <> 'A' OR t.typtype = 'c' AND c.relkind = 'c') AND ${own('pg_type', 't.oid')}`,
  `SELECT format('routine %s owner %s privileges %s: %s', p.oid::regprocedure, p.proowner::regrole, ${privileges('p.proacl', 'f', 'p.proowner')}, CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END)
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${user} AND ${own('pg_proc', 'p.oid')}`,
  `SELECT format('aggregate %s: %s', a.aggfnoid::regprocedure, ${row('a', ['aggfnoid'], { aggsortop: 'a.aggsortop::regoperator', aggtranstype: 'a.aggtranstype::regtype', aggmtranstype: 'a.aggmtranstype::regtype' })})
    FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${user} AND ${own('pg_proc', 'p.oid')}`,
  `SELECT format('operator %s owner %s: %s', o.oid::regoperator, o.oprowner::regrole, ${row('o', ['oprnamespace', 'oprowner'], { oprleft: 'o.oprleft::regtype', oprright: 'o.oprright::regtype', oprresult: 'o.oprresult::regtype', oprcom: 'o.oprcom::regoperator', oprnegate: 'o.oprnegate::regoperator' })})
    FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE ${user} AND ${own('pg_operator', 'o.oid')}`,
  `SELECT format('operator class %s.%s owner %s: %s', n.nspname, o.opcname, o.opcowner::regrole, ${row('o', ['opcnamespace', 'opcowner'], { opcmethod: '(SELECT amname FROM pg_am WHERE oid = o.opcmethod)', opcfamily: '(SELECT opfname FROM pg_opfamily WHERE oid = o.opcfamily)', opcintype: 'o.opcintype::regtype', opckeytype: 'o.opckeytype::regtype' })})
    FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace WHERE ${user} AND ${own('pg_opclass', 'o.oid')}`,
  `SELECT format('operator family %s.%s method %s owner %s', n.nspname, f.opfname, (SELECT amname FROM pg_am WHERE oid = f.opfmethod), f.opfowner::regrole)
    FROM pg_opfamily f JOIN pg_namespace n ON n.oid = f.opfnamespace WHERE ${user} AND ${own('pg_opfamily', 'f.oid')}`,
  `SELECT format('in operator family %s.%s: operator %s strategy %s', n.nspname, f.opfname, a.amopopr::regoperator, a.amopstrategy) FROM pg_amop a JOIN pg_opfamily f ON f.oid = a.amopfamily JOIN pg_namespace n ON n.oid = f.opfnamespace WHERE ${user}`,
  `SELECT format('in operator family %s.%s: function %s number %s', n.nspname, f.opfname, a.amproc::regprocedure, a.amprocnum) FROM pg_amproc a JOIN pg_opfamily f ON f.oid = a.amprocfamily JOIN pg_namespace n ON n.oid = f.opfnamespace WHERE ${user}`,
  `SELECT format('cast %s to %s by %s context %s method %s', k.castsource::regtype, k.casttarget::regtype, CASE WHEN k.castfunc <> 0 THEN k.castfunc::regprocedure END, k.castcontext, k.castmethod)
    FROM pg_cast k WHERE k.oid >= 16384 AND ${own('pg_cast', 'k.oid')}`,
  `SELECT format('collation %s.%s: %s', n.nspname, o.collname, ${row('o', ['collnamespace', 'collversion'], { collowner: 'o.collowner::regrole' })})
    FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace WHERE ${user} AND ${own('pg_collation', 'o.oid')}`,
  `SELECT format('conversion %s.%s: %s', n.nspname, o.conname, ${row('o', ['connamespace'], { conowner: 'o.conowner::regrole' })})
    FROM pg_conversion o JOIN pg_namespace n ON n.oid = o.connamespace WHERE ${user} AND ${own('pg_conversion', 'o.oid')}`,
  `SELECT format('statistics %s.%s target %s owner %s: %s', n.nspname, s.stxname, nullif(s.stxstattarget, -1), s.stxowner::regrole, pg_get_statisticsobjdef(s.oid))
    FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE ${user}`,
  `SELECT format('text search configuration %s.%s owner %s parser %s', n.nspname, o.cfgname, o.cfgowner::regrole, (SELECT prsname FROM pg_ts_parser WHERE oid = o.cfgparser))
    FROM pg_ts_config o JOIN pg_namespace n ON n.oid = o.cfgnamespace WHERE ${user} AND ${own('pg_ts_config', 'o.oid')}`,
  `SELECT format('text search configuration %s.%s token %s place %s dictionary %s', n.nspname, o.cfgname, m.maptokentype, m.mapseqno, m.mapdict::regdictionary)
    FROM pg_ts_config_map m JOIN pg_ts_config o ON o.oid = m.mapcfg JOIN pg_namespace n ON n.oid = o.cfgnamespace WHERE ${user} AND ${own('pg_ts_config', 'o.oid')}`,
  `SELECT format('text search dictionary %s.%s owner %s template %s options %s', n.nspname, o.dictname, o.dictowner::regrole, (SELECT tmplname FROM pg_ts_template WHERE oid = o.dicttemplate), o.dictinitoption)
    FROM pg_ts_dict o JOIN pg_namespace n ON n.oid = o.dictnamespace WHERE ${user} AND ${own('pg_ts_dict', 'o.oid')}`,
  `SELECT format('text search parser %s.%s', n.nspname, o.prsname) FROM pg_ts_parser o JOIN pg_namespace n ON n.oid = o.prsnamespace WHERE ${user}`,
  `SELECT format('text search template %s.%s', n.nspname, o.tmplname) FROM pg_ts_template o JOIN pg_namespace n ON n.oid = o.tmplnamespace WHERE ${user} AND ${own('pg_ts_template', 'o.oid')}`,
  `SELECT format('event trigger %s on %s owner %s calls %s enabled %s tags %s', e.evtname, e.evtevent, e.evtowner::regrole, e.evtfoid::regprocedure, e.evtenabled, e.evttags) FROM pg_event_trigger e WHERE ${own('pg_event_trigger', 'e.oid')}`,
  `SELECT format('publication %s: %s', p.pubname, ${row('p', ['pubname'], { pubowner: 'p.pubowner::regrole' })}) FROM pg_publication p`,
  `SELECT format('publication %s table %s columns %s where %s', p.pubname, r.prrelid::regclass,
      (SELECT string_agg(a.attname, ', ' ORDER BY a.attname) FROM jsonb_array_elements_text(coalesce(nullif(to_jsonb(r) -> 'prattrs', 'null'), '[]')) num JOIN pg_attribute a ON a.attrelid = r.prrelid AND a.attnum = num::int), pg_get_expr(r.prqual, r.prrelid)) FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid`,
  `SELECT format('publication %s schema %s', p.pubname, r.pnnspid::regnamespace) FROM pg_publication_namespace r JOIN pg_publication p ON p.oid = r.pnpubid`,
  `SELECT format('language %s owner %s privileges %s handler %s', l.lanname, l.lanowner::regrole, ${privileges('l.lanacl', 'l', 'l.lanowner')}, l.lanplcallfoid::regproc) FROM pg_language l WHERE l.lanispl`,
  `SELECT format('foreign data wrapper %s owner %s privileges %s options %s', f.fdwname, f.fdwowner::regrole, ${privileges('f.fdwacl', 'F', 'f.fdwowner')}, f.fdwoptions) FROM pg_foreign_data_wrapper f WHERE ${own('pg_foreign_data_wrapper', 'f.oid')}`,
  `SELECT format('server %s of %s owner %s type %s version %s privileges %s options %s', s.srvname, f.fdwname, s.srvowner::regrole, s.srvtype, s.srvversion, ${privileges('s.srvacl', 'S', 's.srvowner')}, s.srvoptions) FROM pg_foreign_server s JOIN pg_foreign_data_wrapper f ON f.oid = s.srvfdw`,
  `SELECT format('user mapping of %s on %s options %s', CASE WHEN u.umuser = 0 THEN 'public' ELSE u.umuser::regrole::text END, s.srvname, u.umoptions) FROM (SELECT umid AS oid, srvid AS umserver, umuser, umoptions FROM pg_user_mappings) u JOIN pg_foreign_server s ON s.oid = u.umserver`,
  `SELECT format('foreign table %s server %s options %s', f.ftrelid::regclass, s.srvname, f.ftoptions) FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver`,
  `SELECT format('default privileges of %s in %s for %s: %s', d.defaclrole::regrole, CASE WHEN d.defaclnamespace <> 0 THEN d.defaclnamespace::regnamespace END, d.defaclobjtype, (SELECT string_agg(x::text, ', ' ORDER BY x::text) FROM unnest(d.defaclacl) x)) FROM pg_default_acl d`,
  `SELECT format('transform for %s language %s', t.trftype::regtype, (SELECT lanname FROM pg_language WHERE oid = t.trflang)) FROM pg_transform t WHERE ${own('pg_transform', 't.oid')}`,
  `SELECT format('access method %s type %s handler %s', a.amname, a.amtype, a.amhandler) FROM pg_am a WHERE a.oid >= 16384 AND ${own('pg_am', 'a.oid')}`,
  `SELECT format('comment on %s %s: %s', i.type, i.identity, d.description) FROM pg_description d, LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
    WHERE (d.objoid >= 16384 OR d.classoid = 'pg_namespace'::regclass AND d.objoid::regnamespace::text = 'public') AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = d.classoid AND x.objid = d.objoid AND x.deptype = 'e')`,
  `SELECT format('label of %s %s: %s %s', i.type, i.identity, d.provider, d.label) FROM pg_seclabel d, LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i`,
  `SELECT format('%s %s depends on extension %s', i.type, i.identity, (SELECT extname FROM pg_extension WHERE oid = x.refobjid)) FROM pg_depend x, LATERAL pg_identify_object(x.classid, x.objid, x.objsubid) i WHERE x.deptype = 'x'`,
];

/** Reads everything that a schema's owner could miss, straight from `pg_catalog`. Names are qualified throughout; rows and the positions of sequences are not part of it. */
export async function readFingerprint(engine: Engine): Promise<Fingerprint> {
  const [path] = await engine.query<{ readonly path: string }>("SELECT current_setting('search_path') AS path");
  await engine.query("SELECT set_config('search_path', 'pg_catalog', false)");
  try {
    const rows = await engine.query<{ readonly line: string }>(parts.map((part) => `SELECT line FROM (${part}) part (line)`).join('\nUNION ALL '));
    return { lines: rows.map(({ line }) => line).sort() };
  } finally {
    await engine.query("SELECT set_config('search_path', $1, false)", [path?.path ?? '']);
  }
}

/** Compares two fingerprints line by line. */
export function fingerprintDifference(wanted: Fingerprint, found: Fingerprint): FingerprintDifference {
  const missing = without(wanted.lines, found.lines);
  const extra = without(found.lines, wanted.lines);
  const [left, right] = [loose(missing), loose(extra)];
  return { missing, extra, exactButForOrderAndNames: without(left, right).length === 0 && without(right, left).length === 0 };
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count - 1);
    return count <= 0;
  });
}

/** Without what no way back restores unless it writes tables anew: the order of columns; and without the names that PostgreSQL 18 gives NOT NULL constraints. */
function loose(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    if (line.startsWith('order ')) return [line.replace(/: (.*)$/s, (_, names: string) => `: ${names.split(', ').sort().join(', ')}`)];
    // Extended statistics list their columns in the table's order.
    if (line.startsWith('statistics ')) return [line.replace(/ ON (.*) FROM /s, (_, names: string) => ` ON ${names.split(', ').sort().join(', ')} FROM `)];
    return [line.replace(/^not null .+? on /, 'not null on ')];
  });
}
