import type { Definition, Setting } from '@planwright/sql';
import type { Engine } from '../../engine.js';
import { readAttachedDefinitions } from './attached.js';
import { readColumnDefinitions } from './columns.js';
import { readConstraintDefinitions } from './constraints.js';
import { commented, commentOf, definition, hasAndPlain, optionsOf, ours, parameters, quoteIdentifier, read } from './pieces.js';

/** Tables, views and sequences with all that stands on them. */
export async function readTableDefinitions(engine: Engine, user: string): Promise<readonly Definition[]> {
  return [
    ...(await sequences(engine, user)),
    ...(await tables(engine, user)),
    ...(await readColumnDefinitions(engine)),
    ...(await readConstraintDefinitions(engine, user)),
    ...(await partitions(engine)),
    ...(await views(engine, user)),
    ...(await readAttachedDefinitions(engine, user)),
  ];
}

async function sequences(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<{ readonly settings: string; readonly owned: string | null; readonly ownedRef: string | null; readonly persistence: string }>(
    engine,
    `SELECT c.oid::int, n.nspname::text AS schema, c.relname::text AS name, c.oid::regclass::text AS ref, c.relowner::regrole::text AS owner, ${hasAndPlain('c.relacl', 's', 'c.relowner')}, ${commentOf('pg_class', 'c')},
      format('AS %s INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s %sCYCLE', s.seqtypid::regtype, s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache, CASE WHEN s.seqcycle THEN '' ELSE 'NO ' END) AS settings,
      format('pg_class:%s:%s', a.attrelid, a.attnum) AS owned, CASE WHEN a.attname IS NOT NULL THEN format('%s.%I', a.attrelid::regclass, a.attname) END AS "ownedRef", c.relpersistence AS persistence
     FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_depend x ON x.classid = 'pg_class'::regclass AND x.objid = c.oid AND x.deptype = 'a' AND x.refclassid = 'pg_class'::regclass AND x.refobjsubid > 0
     LEFT JOIN pg_attribute a ON a.attrelid = x.refobjid AND a.attnum = x.refobjsubid
     WHERE ${ours('pg_class', 'c')} AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_class'::regclass AND x.objid = c.oid AND x.deptype = 'i')`,
  );
  return rows.map((row) => {
    const short = shortened(row.settings);
    return definition(row, 'pg_class', 'sequence', 'SEQUENCE', user, {
      raw: row.persistence,
      create: [`CREATE ${row.persistence === 'u' ? 'UNLOGGED ' : ''}SEQUENCE ${row.ref}${short}`],
      ...(row.ownedRef === null || row.owned === null ? {} : { points: row.owned }),
      settings: [
        { key: 'sequence', value: row.settings, statements: [`ALTER SEQUENCE ${row.ref} ${row.settings}`], plain: true },
        {
          key: 'owned by',
          value: row.ownedRef === null ? '' : (row.owned ?? ''),
          statements: [`ALTER SEQUENCE ${row.ref} OWNED BY ${row.ownedRef ?? 'NONE'}`],
          plain: row.ownedRef === null,
          ...(row.ownedRef === null || row.owned === null ? {} : { needs: row.owned }),
        },
      ],
    });
  });
}

/** A sequence's options without those that a new one has by itself. */
function shortened(settings: string): string {
  const [, type = '', increment = '', min = '', max = '', start = '', cache = '', cycle = ''] =
    /^AS (\w+) INCREMENT BY (\S+) MINVALUE (\S+) MAXVALUE (\S+) START WITH (\S+) CACHE (\S+) (.*)$/.exec(settings) ?? [];
  const highest = { smallint: '32767', integer: '2147483647', bigint: '9223372036854775807' }[type];
  const rises = !increment.startsWith('-');
  const parts = [
    type === 'bigint' ? '' : ` AS ${type}`,
    increment === '1' ? '' : ` INCREMENT BY ${increment}`,
    rises && min === '1' ? '' : ` MINVALUE ${min}`,
    rises && max === highest ? '' : ` MAXVALUE ${max}`,
    rises && start === min ? '' : ` START WITH ${start}`,
    cache === '1' ? '' : ` CACHE ${cache}`,
    cycle === 'CYCLE' ? ' CYCLE' : '',
  ];
  return parts.join('');
}

interface TableFields {
  readonly kind: 'r' | 'p' | 'f';
  readonly persistence: string;
  readonly options: Readonly<Record<string, string>>;
  readonly toast: Readonly<Record<string, string>>;
  readonly key: string | null;
  readonly parents: readonly string[] | null;
  readonly parentIds: readonly string[] | null;
  readonly secured: boolean;
  readonly forced: boolean;
  readonly identity: string;
  readonly identityIndex: string | null;
  readonly identityId: string | null;
  readonly cluster: string | null;
  readonly clusterId: string | null;
  readonly space: string | null;
  readonly method: string | null;
  readonly server: string | null;
  readonly of: string | null;
}

const indexNode = (index: string): string =>
  `coalesce((SELECT format('pg_constraint:%s:0', k.oid) FROM pg_constraint k WHERE k.conindid = ${index} AND k.contype IN ('p', 'u', 'x') LIMIT 1), format('pg_class:%s:0', ${index}))`;

async function tables(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<TableFields>(
    engine,
    `SELECT c.oid::int, n.nspname::text AS schema, c.relname::text AS name, c.oid::regclass::text AS ref, c.relowner::regrole::text AS owner, ${hasAndPlain('c.relacl', 'r', 'c.relowner')}, ${commentOf('pg_class', 'c')},
      c.relkind AS kind, c.relpersistence AS persistence, ${optionsOf('c.reloptions')} AS options, ${optionsOf('t.reloptions')} AS toast, CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS key,
      (SELECT jsonb_agg(h.inhparent::regclass::text ORDER BY h.inhseqno) FROM pg_inherits h WHERE h.inhrelid = c.oid AND NOT c.relispartition) AS parents,
      (SELECT jsonb_agg(format('pg_class:%s:0', h.inhparent) ORDER BY h.inhseqno) FROM pg_inherits h WHERE h.inhrelid = c.oid AND NOT c.relispartition) AS "parentIds",
      c.relrowsecurity AS secured, c.relforcerowsecurity AS forced, c.relreplident AS identity,
      ri.relname::text AS "identityIndex", CASE WHEN ri.oid IS NOT NULL THEN ${indexNode('ri.oid')} END AS "identityId",
      ci.relname::text AS cluster, CASE WHEN ci.oid IS NOT NULL THEN ${indexNode('ci.oid')} END AS "clusterId",
      (SELECT spcname::text FROM pg_tablespace WHERE oid = c.reltablespace) AS space, nullif((SELECT amname::text FROM pg_am WHERE oid = c.relam), 'heap') AS method,
      CASE WHEN c.relkind = 'f' THEN (SELECT format('%I%s', s.srvname, (SELECT ' OPTIONS (' || string_agg(format('%I %L', split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)), ', ') || ')' FROM unnest(f.ftoptions) o))
        FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = c.oid) END AS server,
      CASE WHEN c.reloftype <> 0 THEN c.reloftype::regtype::text END AS of
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
     LEFT JOIN pg_index rx ON rx.indrelid = c.oid AND rx.indisreplident LEFT JOIN pg_class ri ON ri.oid = rx.indexrelid
     LEFT JOIN pg_index cx ON cx.indrelid = c.oid AND cx.indisclustered LEFT JOIN pg_class ci ON ci.oid = cx.indexrelid
     WHERE ${ours('pg_class', 'c')} AND c.relkind IN ('r', 'p', 'f')`,
  );
  return rows.map((row) => {
    const options = { ...row.options, ...Object.fromEntries(Object.entries(row.toast).map(([name, value]) => [`toast.${name}`, value])) };
    const word = row.kind === 'f' ? 'FOREIGN TABLE' : 'TABLE';
    const tail = [
      row.parents === null ? '' : ` INHERITS (${row.parents.join(', ')})`,
      row.key === null ? '' : ` PARTITION BY ${row.key}`,
      row.server === null ? '' : ` SERVER ${row.server}`,
      row.method === null ? '' : ` USING ${quoteIdentifier(row.method)}`,
      Object.keys(options).length === 0 ? '' : ` WITH (${parameters(options)})`,
      row.space === null ? '' : ` TABLESPACE ${quoteIdentifier(row.space)}`,
    ].join('');
    return definition(row, 'pg_class', 'table', word, user, {
      // What a table can't change without being made anew.
      raw: [row.kind, row.key, row.of].join(' '),
      create: [`CREATE ${row.persistence === 'u' ? 'UNLOGGED ' : ''}${word} ${row.ref}`],
      tail,
      needs: row.parentIds ?? [],
      options: { alter: `ALTER ${word} ${row.ref}`, values: options },
      settings: tableSettings(row),
    });
  });
}

function tableSettings(row: TableFields & { readonly ref: string }): readonly Setting[] {
  const on = (key: string, value: string, statement: string, plain: boolean, needs?: string | null): Setting => ({
    key,
    value,
    statements: [`ALTER TABLE ${row.ref} ${statement}`],
    plain,
    ...(needs === null || needs === undefined ? {} : { needs }),
  });
  if (row.kind === 'f') return [];
  const identity = { d: 'DEFAULT', n: 'NOTHING', f: 'FULL', i: `USING INDEX ${quoteIdentifier(row.identityIndex ?? 'unknown')}` }[row.identity] ?? 'DEFAULT';
  return [
    on('persistence', row.persistence, row.persistence === 'u' ? 'SET UNLOGGED' : 'SET LOGGED', true),
    on('row security', String(row.secured), `${row.secured ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`, !row.secured),
    on('forced row security', String(row.forced), `${row.forced ? 'FORCE' : 'NO FORCE'} ROW LEVEL SECURITY`, !row.forced),
    on('replica identity', `${row.identity} ${row.identityId}`, `REPLICA IDENTITY ${identity}`, row.identity === 'd', row.identityId),
    row.kind === 'r'
      ? on(
          'cluster',
          row.clusterId ?? '',
          row.cluster === null ? 'SET WITHOUT CLUSTER' : `CLUSTER ON ${quoteIdentifier(row.cluster)}`,
          row.cluster === null,
          row.clusterId,
        )
      : on('cluster', '', 'SET WITHOUT CLUSTER', true),
    on('inheritance', (row.parentIds ?? []).join(), '', true),
  ].filter(({ key }) => key !== 'inheritance');
}

async function partitions(engine: Engine): Promise<readonly Definition[]> {
  const rows = await engine.query<{
    readonly child: number;
    readonly parent: number;
    readonly childRef: string;
    readonly parentRef: string;
    readonly bounds: string | null;
    readonly place: number;
  }>(
    `SELECT h.inhrelid::int AS child, h.inhparent::int AS parent, h.inhrelid::regclass::text AS "childRef", h.inhparent::regclass::text AS "parentRef", pg_get_expr(c.relpartbound, c.oid) AS bounds, h.inhseqno AS place
     FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours('pg_class', 'c')} AND c.relkind IN ('r', 'p', 'f')`,
  );
  return rows.map(({ child, parent, childRef, parentRef, bounds, place }) => ({
    id: `pg_inherits:${child}:${parent}`,
    kind: 'partition',
    on: `pg_class:${child}:0`,
    word: bounds === null ? 'INHERIT' : 'PARTITION',
    name: String(parent),
    ref: childRef,
    raw: bounds ?? '',
    create: [bounds === null ? `ALTER TABLE ${childRef} INHERIT ${parentRef}` : `ALTER TABLE ${parentRef} ATTACH PARTITION ${childRef} ${bounds}`],
    drop: [bounds === null ? `ALTER TABLE ${childRef} NO INHERIT ${parentRef}` : `ALTER TABLE ${parentRef} DETACH PARTITION ${childRef}`],
    settings: [],
    points: `pg_class:${parent}:0`,
    needs: [`pg_class:${child}:0`, `pg_class:${parent}:0`],
    order: child * 10 + place,
  }));
}

async function views(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<{
    readonly materialized: boolean;
    readonly query: string;
    readonly raw: string;
    readonly columns: readonly { readonly name: string; readonly type: string; readonly comment: string | null; readonly number: number }[];
    readonly options: Readonly<Record<string, string>>;
    readonly populated: boolean;
    readonly space: string | null;
  }>(
    engine,
    `SELECT c.oid::int, n.nspname::text AS schema, c.relname::text AS name, c.oid::regclass::text AS ref, c.relowner::regrole::text AS owner, ${hasAndPlain('c.relacl', 'r', 'c.relowner')}, ${commentOf('pg_class', 'c')},
      c.relkind = 'm' AS materialized, pg_get_viewdef(c.oid) AS query, (SELECT r.ev_action::text FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename = '_RETURN') AS raw,
      (SELECT jsonb_agg(jsonb_build_object('name', a.attname, 'type', format('%s %s', a.atttypid, a.atttypmod), 'comment', col_description(c.oid, a.attnum), 'number', a.attnum) ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) AS columns,
      ${optionsOf('c.reloptions')} AS options, c.relispopulated AS populated, (SELECT spcname::text FROM pg_tablespace WHERE oid = c.reltablespace) AS space
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours('pg_class', 'c')} AND c.relkind IN ('v', 'm')`,
  );
  return rows.map((row) => {
    const word = row.materialized ? 'MATERIALIZED VIEW' : 'VIEW';
    const names = (row.columns ?? []).map(({ name }) => quoteIdentifier(name)).join(', ');
    const options = Object.keys(row.options).length === 0 ? '' : ` WITH (${parameters(row.options)})`;
    const query = row.query.trim().replace(/;$/, '');
    const create = row.materialized
      ? `CREATE MATERIALIZED VIEW ${row.ref}${names === '' ? '' : ` (${names})`}${options}${row.space === null ? '' : ` TABLESPACE ${quoteIdentifier(row.space)}`} AS\n ${query}${row.populated ? '' : '\n WITH NO DATA'}`
      : `CREATE VIEW ${row.ref}${names === '' ? '' : ` (${names})`}${options} AS\n ${query}`;
    return definition(row, 'pg_class', 'view', word, user, {
      raw: `${names} ${row.raw}`,
      create: [create],
      ...(row.materialized ? {} : { replaceable: (row.columns ?? []).map(({ name, type }) => `${name} ${type}`).join() }),
      options: { alter: `ALTER ${word} ${row.ref}`, values: row.options },
      settings: [
        {
          key: 'populated',
          value: String(row.populated),
          statements: [`REFRESH MATERIALIZED VIEW ${row.ref}${row.populated ? '' : ' WITH NO DATA'}`],
          plain: true,
        },
        ...(row.columns ?? []).flatMap(({ name, comment, number }) =>
          commented(`COLUMN ${row.ref}.${quoteIdentifier(name)}`, comment).map((setting) => ({ ...setting, key: `comment on column ${number}` })),
        ),
      ],
    });
  });
}
