import type { TableFacts } from '@planwright/spec';
import { plainName, userSchema } from '../../catalogue/scope.js';
import { askOnly } from './read-only.js';

export interface DatabaseFacts {
  /** Version of the database: `16.4`. */
  readonly version: string;
  /** The largest first. */
  readonly tables: readonly TableFacts[];
}

interface Row {
  readonly name: string;
  readonly rows: number | null;
  readonly bytes: number;
  readonly writes: number | null;
}

/**
 * Sizes of a database's tables and how often their rows are written, from the statistics that the server keeps anyway: no row of a table is read. Rows are the estimate of the last ANALYZE, or what the
 * server has counted where there was none. Writes need a time since which they are counted; from PostgreSQL 15 on it is there only when the statistics were reset once.
 *
 * @param url connection string; it is only read from
 * @param defaultSchema schema whose tables are named without it
 */
export async function readTableFacts(url: string, defaultSchema = 'public'): Promise<DatabaseFacts> {
  return askOnly(url, async (database) => {
    const [server] = await database.query<{ readonly version: string; readonly day: string }>(
      `SELECT split_part(current_setting('server_version'), ' ', 1) AS version, to_char(now(), 'YYYY-MM-DD') AS day`,
    );
    const rows = await database.query<Row>(
      `SELECT ${plainName('n.nspname', 'c.relname')} AS name, facts.rows, facts.bytes, facts.writes
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      CROSS JOIN LATERAL (
        SELECT sum(CASE WHEN part.reltuples > 0 OR part.reltuples = 0 AND s.last_analyze IS NOT NULL THEN part.reltuples::bigint ELSE coalesce(s.n_live_tup, 0) END)::bigint AS rows,
          sum(pg_total_relation_size(part.oid))::bigint AS bytes,
          sum(s.n_tup_ins + s.n_tup_upd + s.n_tup_del)::float8 / nullif(extract(epoch FROM now() - (SELECT stats_reset FROM pg_stat_database WHERE datname = current_database())), 0)::float8 AS writes
        FROM pg_class part LEFT JOIN pg_stat_user_tables s ON s.relid = part.oid
        WHERE part.relkind IN ('r', 'm') AND (part.oid = c.oid OR part.oid IN (SELECT relid FROM pg_partition_tree(c.oid)))
      ) facts
      WHERE c.relkind IN ('r', 'p', 'm') AND ${userSchema} AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_class'::regclass AND x.objid = c.oid AND x.deptype = 'e')
      ORDER BY facts.bytes DESC NULLS LAST, 1`,
      [defaultSchema],
    );
    const source = `statistics of PostgreSQL ${server?.version ?? ''}, ${server?.day ?? ''}`;
    const tables = rows.map(
      ({ name, rows: count, bytes, writes }): TableFacts => ({
        table: name,
        ...(count !== null && { rows: count }),
        bytes: bytes ?? 0,
        ...(writes !== null && { writesPerSecond: Math.round(writes * 100) / 100 }),
        basis: 'observed',
        source,
      }),
    );
    return { version: server?.version ?? '', tables };
  });
}
