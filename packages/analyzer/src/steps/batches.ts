import type { Table } from '@planwright/spec';
import { mentions } from '../expression-names.js';
import { onTableText } from '../verdicts/statement-facts.js';
import { besideSql, joined, nameSql, tableSql } from './asked.js';
import { ofType } from './differs.js';
import type { Fill, TableWork } from './mirror.js';
import type { StatementStep, Step } from './step.js';

/** Rows of a batch, and the pause between two, in seconds. */
export interface Pace {
  readonly batchSize: number;
  readonly pause: number;
}

export const defaultPace: Pace = { batchSize: 2000, pause: 0.02 };

/** The rows of a table changed once, batch by batch, where its key counts. */
export function batchesOnce(work: TableWork, table: Table | undefined, set: string, where: string): string {
  const name = tableSql(work.on);
  const key = integerKey(table);
  if (key === undefined) return `UPDATE ${name} SET ${set} WHERE ${where}`;
  // A key that was renamed is empty under its old name.
  const renamed = work.mirrors.find(({ mirror }) => mirror.old === key && mirror.oldAfterSwap === undefined)?.mirror.interim;
  const id = nameSql(renamed ?? key);
  return `DO $$
DECLARE
  from_key bigint := (SELECT min(${id}) FROM ${name});
  last_key bigint := (SELECT max(${id}) FROM ${name});
  upto bigint;
BEGIN
  LOOP
    SELECT max(${id}) INTO upto FROM (SELECT ${id} FROM ${name} WHERE ${id} >= from_key AND ${id} <= last_key ORDER BY ${id} LIMIT 2000) AS batch;
    EXIT WHEN upto IS NULL;
    UPDATE ${name} SET ${set}
    WHERE ${id} >= from_key AND ${id} <= upto AND (${where});
    COMMIT;
    from_key := upto + 1;
  END LOOP;
END
$$`;
}

/** The only column of the primary key, if it counts. */
function integerKey(table: Table | undefined): string | undefined {
  const [only, second] = keyOf(table);
  const type = second === undefined ? table?.columns.find(({ name }) => name === only)?.type : undefined;
  return type !== undefined && /^(?:smallint|integer|bigint|smallserial|serial|bigserial)$/.test(type) ? only : undefined;
}

/** Whether batches have a key to go by. */
export function hasKey(table: Table | undefined): boolean {
  return keyOf(table).length > 0;
}

/** The columns of the primary key; none where there is none. */
export function keyOf(table: Table | undefined): readonly string[] {
  return table?.constraints?.find(({ type }) => type === 'primaryKey')?.columns ?? [];
}

/** Whether a fill is of every row: its condition, if it has one, leaves out those that are right already. */
export function isOfEveryRow({ everyRow, where }: Fill): boolean {
  return everyRow === true || where === 'true';
}

/** Whether one pass over the rows would not end as the statements one after the other do: a later one reads what an earlier one has set, or sets it everywhere anew. */
export function buildOnEachOther(fills: TableWork['fills']): boolean {
  return fills.some((later, place) => {
    const { set, where } = later.fill;
    const read = [...Object.values(set), ...(isOfEveryRow(later.fill) ? [] : [where])].join(' ');
    return fills
      .slice(0, place)
      .some((earlier) =>
        Object.keys(earlier.fill.set).some((column) => mentions(read, column) || (column in set && (isOfEveryRow(earlier.fill) || isOfEveryRow(later.fill)))),
      );
  });
}

/** The values of rows that exist, as a procedure that changes them in batches and notes how far it has come. */
export function fillSteps(
  work: TableWork,
  table: Table | undefined,
  small: boolean,
  { batchSize, pause }: Pace,
  late: boolean,
): readonly Step[] | { readonly kept: string } {
  const { on, fills } = work;
  if (fills.length === 0) return [];
  const name = tableSql(on);
  const set: Record<string, string> = Object.assign({}, ...fills.map(({ fill }) => fill.set));
  const where = fills.map(({ fill }) => fill.where).join(' OR ');
  // An author's condition of one column must not reach the rows of another's.
  const perColumn = fills.length > 1 && fills.some(({ fill }) => !isOfEveryRow(fill));
  // Of two statements that set a column of the same row, the later one has the last word.
  const cases = new Map<string, string[]>();
  for (const { fill } of fills)
    for (const [column, value] of Object.entries(fill.set))
      cases.set(column, [`WHEN ${fill.where} THEN ${ofType(value, fill.types?.[column], table)}`, ...(cases.get(column) ?? [])]);
  const assignments = Object.entries(set).map(([column, value]) =>
    perColumn ? `${nameSql(column)} = CASE ${cases.get(column)?.join(' ')} ELSE ${nameSql(column)} END` : `${nameSql(column)} = ${value}`,
  );
  const own = fills.every(({ fill }) => fill.ownColumns);
  const reads = [...new Set(fills.flatMap(({ fill }) => fill.reads ?? []))];
  const reversibility = own ? ({ kind: 'reversible', basis: 'predicted', reason: 'the filled columns may stay' } as const) : undefined;
  if (small)
    return [
      {
        kind: 'statement',
        stage: late ? 'backfill for release' : 'backfill',
        table: on,
        sql: `UPDATE ${name}\nSET ${assignments.join(', ')}\nWHERE ${where}`,
        why: 'The table is small: one statement, and no run in batches.',
        ...refusedIn(work),
        ...(own ? { down: '', copies: Object.keys(set).map((column) => `${onTableText(on)}.${column}`) } : {}),
      },
    ];
  const key = keyOf(table);
  if (key.length === 0) return { kept: `\`${on.table}\` has no primary key to go by in batches` };
  const counted = integerKey(table);
  const [progress, procedure] = [joined(on.table, undefined, 'backfill_progress'), joined('backfill', on.table, 'rows')];
  const run: Run = { on, table, key, progress, procedure, assignments, where, pause, size: batchSize };
  const { create, progressColumns } = counted === undefined ? byOrder(run) : byRange(run, counted);
  const after = work.mirrors.length + work.followers.length > 0 ? 'drop replaced' : late ? 'drop helpers for release' : 'drop helpers';
  return [
    {
      kind: 'statement',
      stage: 'prepare backfill',
      table: on,
      sql: `CREATE TABLE ${besideSql(on, progress)} (\n${progressColumns.map((line) => `  ${line}`).join(',\n')}\n)`,
      copies: [onTableText({ ...on, table: progress })],
      why: `How far the backfill has come: SELECT * FROM ${besideSql(on, progress)}.`,
    },
    {
      kind: 'statement',
      stage: 'prepare backfill',
      table: on,
      sql: create,
      why: 'All columns in one pass, by key, one transaction a batch. Each batch notes its key in its own transaction: a run that was cancelled goes on where it stopped.',
    },
    {
      kind: 'statement',
      stage: late ? 'backfill for release' : 'backfill',
      table: on,
      sql: `CALL ${besideSql(on, procedure)}(${batchSize}, ${pause})`,
      alone: 'The procedure commits each batch.',
      ...refusedIn(work),
      why: `One statement in the file, and no SET: a second one would open a transaction, and COMMIT in the procedure would fail (2D000). After a stop CALL it again. Each changed row leaves a dead one: run VACUUM (ANALYZE) ${onTableText(on)} afterwards, or wait until autovacuum has, before the next strong lock on it.`,
      operations: [
        {
          type: 'backfill',
          ...on,
          set,
          where,
          key: [...key],
          batchSize,
          pause,
          ...(reads.length === 0 ? {} : { from: reads }),
          progress: onTableText({ ...on, table: progress }),
        },
      ],
      ...(own ? { down: '' } : {}),
      ...(reversibility ? { reversibility } : {}),
    },
    { kind: 'statement', stage: after, table: on, sql: `DROP PROCEDURE ${besideSql(on, procedure)}(integer, double precision)` },
    { kind: 'statement', stage: after, table: on, sql: `DROP TABLE ${besideSql(on, progress)}`, copies: [onTableText({ ...on, table: progress })] },
  ];
}

/** Rows on which a fill fails. */
function refusedIn({ fills }: TableWork): Pick<StatementStep, 'verdicts'> {
  const refused = fills.flatMap(({ fill }) => fill.refused ?? []);
  const [first] = refused.flatMap(({ query }) => query ?? []);
  if (refused.length === 0) return {};
  return {
    verdicts: {
      data: { basis: 'predicted', outcome: 'may fail', reason: refused.map(({ reason }) => reason).join(' '), ...(first === undefined ? {} : { sql: first }) },
    },
  };
}

/** What a procedure goes through, and what it does there. */
interface Run {
  readonly on: TableWork['on'];
  readonly table: Table | undefined;
  readonly key: readonly string[];
  /** Table of progress, and the procedure, beside the table. */
  readonly progress: string;
  readonly procedure: string;
  readonly assignments: readonly string[];
  readonly where: string;
  readonly pause: number;
  readonly size: number;
}

interface Batches {
  readonly create: string;
  readonly progressColumns: readonly string[];
}

/** Names of the procedure's variables: where a column has one, PL/pgSQL would not know which of the two is meant. */
function variables({ table, assignments, where }: Run) {
  const text = [...assignments, where].join(' ');
  const own = (name: string): string => (table?.columns.some((column) => column.name === name) || mentions(text, name) ? own(`run_${name}`) : name);
  return {
    progress: own('progress'),
    batch: own('batch'),
    upto: own('upto'),
    changed: own('changed'),
    batchSize: own('batch_size'),
    pauseSeconds: own('pause_seconds'),
  };
}

/** Whole numbers: a batch is the range of the next keys that are there, however far apart, so that gaps cost nothing. */
function byRange(run: Run, key: string): Batches {
  const { on, assignments, where, pause, size } = run;
  const [name, kept, id] = [tableSql(on), besideSql(on, run.progress), nameSql(key)];
  const { progress, upto, changed, batchSize, pauseSeconds } = variables(run);
  return {
    progressColumns: [
      'job          text PRIMARY KEY',
      'next_key     bigint NOT NULL',
      'last_key     bigint NOT NULL',
      'batches      integer NOT NULL DEFAULT 0',
      'rows_changed bigint NOT NULL DEFAULT 0',
      'updated_at   timestamptz NOT NULL DEFAULT now()',
    ],
    create: `CREATE PROCEDURE ${besideSql(on, run.procedure)}(${batchSize} integer DEFAULT ${size}, ${pauseSeconds} double precision DEFAULT ${pause})
LANGUAGE plpgsql AS $$
DECLARE
  ${progress} ${kept};
  ${upto} bigint;
  ${changed} bigint;
BEGIN
  INSERT INTO ${kept} (job, next_key, last_key)
  SELECT 'rows', first_key, final_key FROM (SELECT min(${id}) AS first_key, max(${id}) AS final_key FROM ${name}) AS ends WHERE first_key IS NOT NULL
  ON CONFLICT (job) DO NOTHING;
  COMMIT;
  LOOP
    SET LOCAL lock_timeout = '2s';
    SELECT * INTO ${progress} FROM ${kept} WHERE job = 'rows' FOR UPDATE;
    SELECT max(${id}) INTO ${upto}
    FROM (
      SELECT ${id} FROM ${name} WHERE ${id} >= ${progress}.next_key AND ${id} <= ${progress}.last_key ORDER BY ${id} LIMIT ${batchSize}
    ) AS next_rows;
    EXIT WHEN ${upto} IS NULL;
    UPDATE ${name}
    SET ${assignments.join(', ')}
    WHERE ${id} >= ${progress}.next_key AND ${id} <= ${upto}
      AND (${where});
    GET DIAGNOSTICS ${changed} = ROW_COUNT;
    UPDATE ${kept}
    SET next_key = ${upto} + 1, batches = batches + 1, rows_changed = rows_changed + ${changed}, updated_at = clock_timestamp()
    WHERE job = 'rows';
    COMMIT;
    PERFORM pg_sleep(${pauseSeconds});
  END LOOP;
END
$$`,
  };
}

/** Any other key: a batch is the next keys in their order, and the last of them is noted. */
function byOrder(run: Run): Batches {
  const { on, table, key, assignments, where, pause, size } = run;
  const [name, kept] = [tableSql(on), besideSql(on, run.progress)];
  const { progress, batch, changed, batchSize, pauseSeconds } = variables(run);
  const keys = key.map((column) => nameSql(column));
  const noted = key.map((column) => nameSql(`key_${column}`));
  const typeOf = (column: string): string => table?.columns.find((one) => one.name === column)?.type ?? 'text';
  const row = `(${keys.join(', ')})`;
  const last = `(${noted.map((column) => `${progress}.${column}`).join(', ')})`;
  const upto = `(${noted.map((column) => `${batch}.${column}`).join(', ')})`;
  return {
    progressColumns: [
      'job          text PRIMARY KEY',
      ...key.map((column, place) => `${(noted[place] ?? '').padEnd(12)} ${typeOf(column)}`),
      'batches      integer NOT NULL DEFAULT 0',
      'rows_changed bigint NOT NULL DEFAULT 0',
      'updated_at   timestamptz NOT NULL DEFAULT now()',
    ],
    create: `CREATE PROCEDURE ${besideSql(on, run.procedure)}(${batchSize} integer DEFAULT ${size}, ${pauseSeconds} double precision DEFAULT ${pause})
LANGUAGE plpgsql AS $$
DECLARE
  ${progress} ${kept};
  ${batch} ${kept};
  ${changed} bigint;
BEGIN
  INSERT INTO ${kept} (job) VALUES ('rows') ON CONFLICT (job) DO NOTHING;
  COMMIT;
  LOOP
    SET LOCAL lock_timeout = '2s';
    SELECT * INTO ${progress} FROM ${kept} WHERE job = 'rows' FOR UPDATE;
    SELECT ${keys.map((column, place) => `${column} AS ${noted[place]}`).join(', ')} INTO ${noted.map((column) => `${batch}.${column}`).join(', ')}
    FROM (
      SELECT ${keys.join(', ')} FROM ${name}
      WHERE ${progress}.batches = 0 OR ${row} > ${last}
      ORDER BY ${keys.join(', ')} LIMIT ${batchSize}
    ) AS next_rows
    ORDER BY ${keys.map((column) => `${column} DESC`).join(', ')} LIMIT 1;
    EXIT WHEN NOT FOUND;
    UPDATE ${name}
    SET ${assignments.join(', ')}
    WHERE (${progress}.batches = 0 OR ${row} > ${last}) AND ${row} <= ${upto}
      AND (${where});
    GET DIAGNOSTICS ${changed} = ROW_COUNT;
    UPDATE ${kept}
    SET ${noted.map((column) => `${column} = ${batch}.${column}`).join(', ')}, batches = batches + 1, rows_changed = rows_changed + ${changed}, updated_at = clock_timestamp()
    WHERE job = 'rows';
    COMMIT;
    PERFORM pg_sleep(${pauseSeconds});
  END LOOP;
END
$$`,
  };
}
