import type { Definition, Grant } from '@planwright/sql';
import type { Engine } from '../../engine.js';
import { commentOf, definition, hasAndPlain, made, ours, read } from './pieces.js';

/** Publications, event triggers, foreign servers, text search and default privileges. */
export async function readServerDefinitions(engine: Engine, user: string): Promise<readonly Definition[]> {
  return [
    ...(await publications(engine, user)),
    ...(await eventTriggers(engine, user)),
    ...(await foreignServers(engine, user)),
    ...(await textSearch(engine, user)),
    ...(await defaultPrivileges(engine)),
  ];
}

async function publications(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<{
    readonly all: boolean;
    readonly options: string;
    readonly tables: readonly string[] | null;
    readonly schemas: readonly string[] | null;
  }>(
    engine,
    `SELECT p.oid::int, NULL AS schema, p.pubname::text AS name, quote_ident(p.pubname) AS ref, p.pubowner::regrole::text AS owner, ${commentOf('pg_publication', 'p')}, p.puballtables AS all,
      format('publish = %L, publish_via_partition_root = %s', concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END), CASE WHEN p.pubviaroot THEN 'true' ELSE 'false' END) AS options,
      (SELECT jsonb_agg(format('TABLE %s%s%s', r.prrelid::regclass,
          (SELECT ' (' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')' FROM jsonb_array_elements_text(coalesce(nullif(to_jsonb(r) -> 'prattrs', 'null'), '[]')) num JOIN pg_attribute a ON a.attrelid = r.prrelid AND a.attnum = num::int),
          ' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')') ORDER BY r.oid) FROM pg_publication_rel r WHERE r.prpubid = p.oid) AS tables,
      (SELECT jsonb_agg(format('TABLES IN SCHEMA %s', r.pnnspid::regnamespace) ORDER BY r.oid) FROM pg_publication_namespace r WHERE r.pnpubid = p.oid) AS schemas
     FROM pg_publication p WHERE ${made('pg_publication', 'p')}`,
  );
  return rows.map((row) => {
    const list = [...(row.tables ?? []), ...(row.schemas ?? [])];
    const text = `${row.all ? ' FOR ALL TABLES' : list.length === 0 ? '' : ` FOR ${list.join(', ')}`} WITH (${row.options})`;
    // A publication is made anew when what it holds changes; nothing depends on it but subscriptions elsewhere.
    return definition(row, 'pg_publication', 'publication', 'PUBLICATION', user, { raw: text, create: [`CREATE PUBLICATION ${row.ref}${text}`] });
  });
}

async function eventTriggers(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<{ readonly text: string; readonly enabled: string; readonly raw: string }>(
    engine,
    `SELECT e.oid::int, NULL AS schema, e.evtname::text AS name, quote_ident(e.evtname) AS ref, e.evtowner::regrole::text AS owner, ${commentOf('pg_event_trigger', 'e')}, e.evtenabled AS enabled,
      format('CREATE EVENT TRIGGER %I ON %s%s EXECUTE FUNCTION %s()', e.evtname, e.evtevent, (SELECT ' WHEN TAG IN (' || string_agg(quote_literal(t), ', ') || ')' FROM unnest(e.evttags) t), e.evtfoid::regproc) AS text,
      format('%s %s %s', e.evtevent, e.evtfoid, e.evttags) AS raw
     FROM pg_event_trigger e WHERE ${made('pg_event_trigger', 'e')}`,
  );
  const states: Readonly<Record<string, string>> = { O: 'ENABLE', D: 'DISABLE', R: 'ENABLE REPLICA', A: 'ENABLE ALWAYS' };
  return rows.map((row) =>
    definition(row, 'pg_event_trigger', 'event trigger', 'EVENT TRIGGER', user, {
      raw: row.raw,
      create: [row.text],
      settings: [
        { key: 'enabled', value: row.enabled, statements: [`ALTER EVENT TRIGGER ${row.ref} ${states[row.enabled] ?? 'ENABLE'}`], plain: row.enabled === 'O' },
      ],
    }),
  );
}

const optionList = (column: string): string =>
  `(SELECT ' OPTIONS (' || string_agg(format('%I %L', split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)), ', ') || ')' FROM unnest(${column}) o)`;

async function foreignServers(engine: Engine, user: string): Promise<readonly Definition[]> {
  const wrappers = await read<{ readonly text: string }>(
    engine,
    `SELECT f.oid::int, NULL AS schema, f.fdwname::text AS name, quote_ident(f.fdwname) AS ref, f.fdwowner::regrole::text AS owner, ${hasAndPlain('f.fdwacl', 'F', 'f.fdwowner')}, ${commentOf('pg_foreign_data_wrapper', 'f')},
      format('%s%s%s', ' HANDLER ' || nullif(f.fdwhandler, 0)::regproc, ' VALIDATOR ' || nullif(f.fdwvalidator, 0)::regproc, ${optionList('f.fdwoptions')}) AS text
     FROM pg_foreign_data_wrapper f WHERE ${made('pg_foreign_data_wrapper', 'f')}`,
  );
  const servers = await read<{ readonly text: string }>(
    engine,
    `SELECT s.oid::int, NULL AS schema, s.srvname::text AS name, quote_ident(s.srvname) AS ref, s.srvowner::regrole::text AS owner, ${hasAndPlain('s.srvacl', 'S', 's.srvowner')}, ${commentOf('pg_foreign_server', 's')},
      format('%s%s FOREIGN DATA WRAPPER %I%s', ' TYPE ' || quote_literal(s.srvtype), ' VERSION ' || quote_literal(s.srvversion), f.fdwname, ${optionList('s.srvoptions')}) AS text
     FROM pg_foreign_server s JOIN pg_foreign_data_wrapper f ON f.oid = s.srvfdw WHERE ${made('pg_foreign_server', 's')}`,
  );
  const mappings = await read<{ readonly text: string }>(
    engine,
    `SELECT u.oid::int, NULL AS schema, format('%s %s', u.umserver, u.umuser) AS name, format('FOR %s SERVER %I', CASE WHEN u.umuser = 0 THEN 'PUBLIC' ELSE u.umuser::regrole::text END, s.srvname) AS ref, ${optionList('u.umoptions')} AS text
     FROM (SELECT umid AS oid, srvid AS umserver, umuser, umoptions FROM pg_user_mappings) u JOIN pg_foreign_server s ON s.oid = u.umserver`,
  );
  return [
    ...wrappers.map((row) =>
      definition(row, 'pg_foreign_data_wrapper', 'foreign data wrapper', 'FOREIGN DATA WRAPPER', user, {
        raw: row.text,
        create: [`CREATE FOREIGN DATA WRAPPER ${row.ref}${row.text}`],
      }),
    ),
    ...servers.map((row) => definition(row, 'pg_foreign_server', 'server', 'SERVER', user, { raw: row.text, create: [`CREATE SERVER ${row.ref}${row.text}`] })),
    ...mappings.map((row) => ({
      ...definition(row, 'pg_user_mapping', 'user mapping', 'USER MAPPING', user, {
        raw: row.text ?? '',
        create: [`CREATE USER MAPPING ${row.ref}${row.text ?? ''}`],
      }),
      settings: [],
    })),
  ];
}

async function textSearch(engine: Engine, user: string): Promise<readonly Definition[]> {
  const dictionaries = await read<{ readonly text: string }>(
    engine,
    `SELECT d.oid::int, n.nspname::text AS schema, d.dictname::text AS name, format('%I.%I', n.nspname, d.dictname) AS ref, d.dictowner::regrole::text AS owner, ${commentOf('pg_ts_dict', 'd')},
      format('TEMPLATE = %s%s', (SELECT format('%I.%I', tn.nspname, t.tmplname) FROM pg_ts_template t JOIN pg_namespace tn ON tn.oid = t.tmplnamespace WHERE t.oid = d.dicttemplate), ', ' || d.dictinitoption) AS text
     FROM pg_ts_dict d JOIN pg_namespace n ON n.oid = d.dictnamespace WHERE ${ours('pg_ts_dict', 'd')}`,
  );
  const configurations = await read<{
    readonly parser: string;
    readonly mappings: readonly { readonly token: string; readonly dictionaries: string }[] | null;
  }>(
    engine,
    `SELECT c.oid::int, n.nspname::text AS schema, c.cfgname::text AS name, format('%I.%I', n.nspname, c.cfgname) AS ref, c.cfgowner::regrole::text AS owner, ${commentOf('pg_ts_config', 'c')},
      (SELECT format('%I.%I', pn.nspname, p.prsname) FROM pg_ts_parser p JOIN pg_namespace pn ON pn.oid = p.prsnamespace WHERE p.oid = c.cfgparser) AS parser,
      (SELECT jsonb_agg(m ORDER BY m.token) FROM (SELECT (SELECT t.alias FROM ts_token_type(c.cfgparser) t WHERE t.tokid = m.maptokentype) AS token, string_agg(m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno) AS dictionaries
        FROM pg_ts_config_map m WHERE m.mapcfg = c.oid GROUP BY m.maptokentype) m) AS mappings
     FROM pg_ts_config c JOIN pg_namespace n ON n.oid = c.cfgnamespace WHERE ${ours('pg_ts_config', 'c')}`,
  );
  return [
    ...dictionaries.map((row) =>
      definition(row, 'pg_ts_dict', 'text search', 'TEXT SEARCH DICTIONARY', user, {
        raw: row.text,
        create: [`CREATE TEXT SEARCH DICTIONARY ${row.ref} (${row.text})`],
      }),
    ),
    ...configurations.map((row) => {
      const mappings = (row.mappings ?? []).map(
        ({ token, dictionaries: list }) => `ALTER TEXT SEARCH CONFIGURATION ${row.ref} ADD MAPPING FOR ${token} WITH ${list}`,
      );
      return definition(row, 'pg_ts_config', 'text search', 'TEXT SEARCH CONFIGURATION', user, {
        raw: `${row.parser} ${JSON.stringify(row.mappings)}`,
        create: [`CREATE TEXT SEARCH CONFIGURATION ${row.ref} (PARSER = ${row.parser})`, ...mappings],
      });
    }),
  ];
}

async function defaultPrivileges(engine: Engine): Promise<readonly Definition[]> {
  const rows = await engine.query<{
    readonly id: number;
    readonly role: string;
    readonly schema: string | null;
    readonly type: string;
    readonly has: readonly Grant[] | null;
    readonly plain: readonly Grant[] | null;
  }>(
    `SELECT d.oid::int AS id, d.defaclrole::regrole::text AS role, CASE WHEN d.defaclnamespace <> 0 THEN d.defaclnamespace::regnamespace::text END AS schema, d.defaclobjtype AS type,
      (SELECT jsonb_agg(jsonb_build_object('to', CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END, 'privilege', g.privilege_type, 'grantable', g.is_grantable)) FROM aclexplode(d.defaclacl) g) AS has,
      CASE WHEN d.defaclnamespace = 0 THEN (SELECT jsonb_agg(jsonb_build_object('to', CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END, 'privilege', g.privilege_type, 'grantable', g.is_grantable))
        FROM aclexplode(acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's'::"char" ELSE d.defaclobjtype END, d.defaclrole)) g) END AS plain
     FROM pg_default_acl d`,
  );
  const kinds: Readonly<Record<string, string>> = { r: 'TABLES', S: 'SEQUENCES', f: 'FUNCTIONS', T: 'TYPES', n: 'SCHEMAS', L: 'LARGE OBJECTS' };
  return rows.map((row) => {
    const start = `ALTER DEFAULT PRIVILEGES FOR ROLE ${row.role}${row.schema === null ? '' : ` IN SCHEMA ${row.schema}`}`;
    const objects = kinds[row.type] ?? 'TABLES';
    const [has, plain] = [row.has ?? [], row.plain ?? []];
    const give = (grants: readonly Grant[]): string[] =>
      grants.map(({ to, privilege, grantable }) => `${start} GRANT ${privilege} ON ${objects} TO ${to}${grantable ? ' WITH GRANT OPTION' : ''}`);
    const take = (grants: readonly Grant[]): string[] => grants.map(({ to, privilege }) => `${start} REVOKE ${privilege} ON ${objects} FROM ${to}`);
    const without = (one: readonly Grant[], other: readonly Grant[]): readonly Grant[] =>
      one.filter((grant) => !other.some(({ to, privilege }) => to === grant.to && privilege === grant.privilege));
    return {
      id: `pg_default_acl:${row.id}:0`,
      kind: 'default privileges',
      word: 'DEFAULT PRIVILEGES',
      name: `${row.role} ${row.schema} ${row.type}`,
      ref: objects,
      raw: JSON.stringify(has),
      grants: { on: '', has, plain: has },
      create: [...take(without(plain, has)), ...give(without(has, plain))],
      drop: [...take(without(has, plain)), ...give(without(plain, has))],
      settings: [],
      needs: [],
      order: row.id,
    };
  });
}
