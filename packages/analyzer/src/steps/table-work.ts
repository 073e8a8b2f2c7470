import type { Table } from '@planwright/spec';
import { renameIn } from '../expression-names.js';
import { onTableText } from '../verdicts/statement-facts.js';
import { besideSql, joined, nameSql, tableSql } from './asked.js';
import type { Follower, Mirror, TableWork } from './mirror.js';
import type { PlacedStep, Step } from './step.js';

/** Rows of a batch, and the pause between two, in seconds. */
export interface Pace {
  readonly batchSize: number;
  readonly pause: number;
}

export const defaultPace: Pace = { batchSize: 2000, pause: 0.02 };

/** What one table's mirrors and fills come to: one trigger, one run of batches, one swap, one removal. */
export function tableWorkSteps(work: TableWork, table: Table | undefined, small: boolean, pace: Pace): readonly PlacedStep[] | { readonly kept: string } {
  const kept = [...work.mirrors, ...work.followers];
  const place =
    (items: readonly { readonly from: string; readonly rule?: string }[]) =>
    (step: Step): PlacedStep => {
      const rule = items.find((item) => item.rule !== undefined)?.rule;
      return { ...step, from: [...new Set(items.map(({ from }) => from))], ...(rule === undefined ? {} : { rule }) };
    };
  const filled = fillSteps(work, table, small, pace);
  if ('kept' in filled) return filled;
  return [...(kept.length === 0 ? [] : mirrorSteps(work, table).map(place(kept))), ...filled.map(place(work.fills))];
}

function names(
  work: TableWork,
  table: Table | undefined,
): { readonly sync: string; readonly trigger: string; readonly progress: string; readonly procedure: string } {
  const sync = joined(work.on.table, undefined, 'sync_columns');
  return {
    sync,
    // Triggers fire in the order of their names: the last one sees what the others have made of the row.
    trigger: table?.triggers?.length ? `zz_${sync}` : sync,
    progress: joined(work.on.table, undefined, 'backfill_progress'),
    procedure: joined('backfill', work.on.table, 'rows'),
  };
}

function mirrorSteps(work: TableWork, table: Table | undefined): readonly Step[] {
  const { on } = work;
  const mirrors = work.mirrors.map(({ mirror }) => mirror);
  const { sync, trigger } = names(work, table);
  const name = tableSql(on);
  const fn = besideSql(on, sync);
  const swapped = mirrors.filter(({ oldAfterSwap }) => oldAfterSwap !== undefined);
  const lasting = mirrors.filter(({ backward }) => backward !== undefined);
  const oneWay = swapped.filter(({ backward }) => backward === undefined);
  const replaced = mirrors
    .map(({ old, oldAfterSwap, interim }) => (oldAfterSwap === undefined ? `\`${interim}\` instead of \`${old}\`` : undefined))
    .filter((text) => text !== undefined);
  const retyped = swapped.map(({ old }) => `\`${on.table}.${old}\``);
  const release = [
    ...(replaced.length > 0 ? [`reads and writes ${replaced.join(', ')} of \`${on.table}\``] : []),
    ...(retyped.length > 0 ? [`copes with the old and the new type of ${retyped.join(', ')} and keeps no prepared statement that returns it`] : []),
  ].join(', and ');
  const drops = mirrors.map((mirror) => ({ mirror, column: mirror.oldAfterSwap ?? mirror.old }));
  const followers = work.followers.map(({ follower }) => follower);
  const stopped = lasting.length === 0 && swapped.length > 0 && followers.length === 0;
  const dropTrigger: readonly Step[] = [
    { kind: 'statement', stage: stopped ? 'swap' : 'drop replaced', table: on, sql: `DROP TRIGGER ${nameSql(trigger)} ON ${name}` },
    { kind: 'statement', stage: stopped ? 'swap' : 'drop replaced', table: on, sql: `DROP FUNCTION ${fn}()` },
  ];
  return [
    {
      kind: 'statement',
      stage: 'sync',
      table: on,
      sql: syncFunction(`CREATE FUNCTION ${fn}()`, [...mirrors.map((mirror) => syncLines(mirror, false)), ...followers.map(followLines)]),
      copies: [...mirrors.map(({ interim }) => interim), ...followers.map(({ column }) => column)].map((column) => `${onTableText(on)}.${column}`),
      why: 'The dual write, until the old columns go. CREATE TRIGGER waits for writers that are under way, so every row is written after it or seen by the backfill.',
    },
    {
      kind: 'statement',
      stage: 'sync',
      table: on,
      sql: `CREATE TRIGGER ${nameSql(trigger)} BEFORE INSERT OR UPDATE ON ${name}\n  FOR EACH ROW EXECUTE FUNCTION ${fn}()`,
    },
    ...swapped.flatMap((mirror): Step[] => [
      {
        kind: 'statement',
        stage: 'swap',
        table: on,
        sql: `ALTER TABLE ${name} RENAME COLUMN ${nameSql(mirror.old)} TO ${nameSql(mirror.oldAfterSwap ?? mirror.old)}`,
        why: 'Names and trigger change in one transaction: nobody sees one without the other.',
        need: { release },
      },
      { kind: 'statement', stage: 'swap', table: on, sql: `ALTER TABLE ${name} RENAME COLUMN ${nameSql(mirror.interim)} TO ${nameSql(mirror.old)}` },
      ...(mirror.hasDefault
        ? [
            {
              kind: 'statement',
              stage: 'swap',
              table: on,
              sql: alter(name, [`ALTER COLUMN ${nameSql(mirror.oldAfterSwap ?? mirror.old)} DROP DEFAULT`]),
            } as const,
          ]
        : []),
      ...(mirror.default === undefined
        ? []
        : [{ kind: 'statement', stage: 'swap', table: on, sql: alter(name, [`ALTER COLUMN ${nameSql(mirror.old)} SET DEFAULT ${mirror.default}`]) } as const]),
    ]),
    ...(stopped
      ? dropTrigger
      : swapped.length > 0
        ? [
            {
              kind: 'statement',
              stage: 'swap',
              table: on,
              sql: syncFunction(`CREATE OR REPLACE FUNCTION ${fn}()`, [...lasting.map((mirror) => syncLines(mirror, true)), ...followers.map(followLines)]),
              why: 'From here the new type is the truth. A value that the old column cannot hold is refused until that one goes: so long, the way back is open.',
            } as const,
          ]
        : []),
    ...oneWay.flatMap((mirror): Step[] =>
      mirror.notNull
        ? [
            {
              kind: 'statement',
              stage: 'swap',
              table: on,
              sql: alter(name, [`ALTER COLUMN ${nameSql(mirror.oldAfterSwap ?? mirror.old)} DROP NOT NULL`]),
              why: 'Nothing fills it any more.',
            },
          ]
        : [],
    ),
    ...(stopped ? [] : dropTrigger),
    ...(mirrors.length === 0
      ? []
      : [
          {
            kind: 'statement',
            stage: 'drop replaced',
            table: on,
            sql: alter(name, [
              ...mirrors.flatMap((mirror) =>
                mirror.oldAfterSwap === undefined && mirror.default !== undefined
                  ? [`ALTER COLUMN ${nameSql(mirror.interim)} SET DEFAULT ${mirror.default}`]
                  : [],
              ),
              ...drops.map(({ column }) => `DROP COLUMN ${nameSql(column)}`),
            ]),
            why:
              swapped.length === 0
                ? 'The old columns go: no release that runs names them.'
                : lasting.length > 0
                  ? 'The copies go, and with the trigger the values that the old types refused become possible.'
                  : 'The old columns go; nothing has filled them since the swap.',
            need: { release },
            ...(oneWay.length === 0
              ? {
                  down: downOfDrops(work, table),
                  reversibility: {
                    kind: 'reversible',
                    transaction: 'none',
                    basis: 'predicted',
                    ...(swapped.length > 0 ? { condition: `while every value of ${retyped.join(', ')} fits the old type` } : {}),
                    reason: 'the columns are filled again from those that replaced them; they come back as the last ones',
                  } as const,
                }
              : {}),
          } satisfies Step,
        ]),
  ];
}

/** `ALTER TABLE orders` with its parts, one a line where there are several. */
export function alter(table: string, actions: readonly string[]): string {
  return actions.length === 1 ? `ALTER TABLE ${table} ${actions[0]}` : `ALTER TABLE ${table}\n  ${actions.join(',\n  ')}`;
}

function syncFunction(head: string, bodies: readonly (readonly string[])[]): string {
  return `${head} RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n${bodies
    .flat()
    .map((line) => `  ${line}`)
    .join('\n')}\n  RETURN NEW;\nEND\n$$`;
}

/** A column that is worked out from old ones follows them, unless somebody gives it a value. */
function followLines({ column, value, sources }: Follower): readonly string[] {
  const name = nameSql(column);
  const over = sources.reduce((text, source) => renameIn(text, source, `NEW.${nameSql(source)}`), value);
  const changed = sources.map((source) => `NEW.${nameSql(source)} IS DISTINCT FROM OLD.${nameSql(source)}`).join(' OR ');
  return [
    `-- ${column} follows ${sources.join(' and ')} until somebody gives it a value.`,
    `IF (TG_OP = 'INSERT' AND NEW.${name} IS NULL) OR (TG_OP = 'UPDATE' AND NEW.${name} IS NOT DISTINCT FROM OLD.${name} AND (${changed})) THEN`,
    `  NEW.${name} := ${over};`,
    'END IF;',
  ];
}

function syncLines(mirror: Mirror, swapped: boolean): readonly string[] {
  const { oldAfterSwap, backward, forward } = mirror;
  if (oldAfterSwap !== undefined) {
    if (!swapped) return [`NEW.${nameSql(mirror.interim)} := ${forward(`NEW.${nameSql(mirror.old)}`)};`];
    return backward ? [`NEW.${nameSql(oldAfterSwap)} := ${backward(`NEW.${nameSql(mirror.old)}`)};`] : [];
  }
  const [old, fresh] = [nameSql(mirror.old), nameSql(mirror.interim)];
  return [
    `-- Who gives ${mirror.interim} a value means it; else it follows ${mirror.old}, which also fills rows that the backfill has not reached.`,
    `IF (TG_OP = 'INSERT' AND NEW.${fresh} IS NOT NULL) OR (TG_OP = 'UPDATE' AND NEW.${fresh} IS DISTINCT FROM OLD.${fresh}) THEN`,
    `  NEW.${old} := NEW.${fresh};`,
    'ELSE',
    `  NEW.${fresh} := NEW.${old};`,
    'END IF;',
  ];
}

/** The columns that are dropped come back filled, batch by batch, with all that rested on them. */
function downOfDrops(work: TableWork, table: Table | undefined): string {
  const name = tableSql(work.on);
  const columns = work.mirrors.map(({ mirror }) => ({
    mirror,
    column: mirror.oldAfterSwap ?? mirror.old,
    value: (mirror.backward ?? nameSql)(nameSql(mirror.oldAfterSwap === undefined ? mirror.interim : mirror.old)),
  }));
  const required = columns.filter(({ mirror }) => mirror.notNull);
  const undefault = columns.filter(({ mirror }) => mirror.oldAfterSwap === undefined && mirror.default !== undefined);
  const set = columns.map(({ column, value }) => `${nameSql(column)} = ${value}`).join(', ');
  const differ = columns.map(({ column, value }) => `${nameSql(column)} IS DISTINCT FROM ${value}`).join(' OR ');
  return [
    alter(name, [
      ...columns.map(({ mirror, column }) => `ADD COLUMN ${nameSql(column)} ${mirror.definition}`),
      ...undefault.map(({ mirror }) => `ALTER COLUMN ${nameSql(mirror.interim)} DROP DEFAULT`),
    ]),
    batchesOnce(work, table, set, differ),
    ...(required.length === 0
      ? []
      : [
          alter(
            name,
            required.map(({ column }) => `ALTER COLUMN ${nameSql(column)} SET NOT NULL`),
          ),
        ]),
    ...(undefault.length === 0
      ? []
      : [
          alter(
            name,
            undefault.map(({ mirror, column }) => `ALTER COLUMN ${nameSql(column)} SET DEFAULT ${mirror.default}`),
          ),
        ]),
  ].join(';\n');
}

function batchesOnce(work: TableWork, table: Table | undefined, set: string, where: string): string {
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
export function integerKey(table: Table | undefined): string | undefined {
  const [only, second] = keyOf(table);
  const type = second === undefined ? table?.columns.find(({ name }) => name === only)?.type : undefined;
  return type !== undefined && /^(?:smallint|integer|bigint|smallserial|serial|bigserial)$/.test(type) ? only : undefined;
}

function keyOf(table: Table | undefined): readonly string[] {
  return table?.constraints?.find(({ type }) => type === 'primaryKey')?.columns ?? [];
}

function fillSteps(work: TableWork, table: Table | undefined, small: boolean, { batchSize, pause }: Pace): readonly Step[] | { readonly kept: string } {
  const { on, fills } = work;
  if (fills.length === 0) return [];
  const name = tableSql(on);
  const set: Record<string, string> = Object.assign({}, ...fills.map(({ fill }) => fill.set));
  const where = fills.map(({ fill }) => fill.where).join(' OR ');
  // An author's condition of one column must not reach the rows of another's.
  const perColumn =
    fills.length > 1 && fills.some(({ fill }) => !Object.keys(fill.set).every((column) => fill.where.startsWith(`${nameSql(column)} IS DISTINCT FROM `)));
  const assignments = fills.flatMap(({ fill }) =>
    Object.entries(fill.set).map(([column, value]) =>
      perColumn ? `${nameSql(column)} = CASE WHEN ${fill.where} THEN ${value} ELSE ${nameSql(column)} END` : `${nameSql(column)} = ${value}`,
    ),
  );
  const own = fills.every(({ fill }) => fill.ownColumns);
  const reversibility = own ? ({ kind: 'reversible', basis: 'predicted', reason: 'the filled columns may stay' } as const) : undefined;
  if (small)
    return [
      {
        kind: 'statement',
        stage: 'backfill',
        table: on,
        sql: `UPDATE ${name}\nSET ${assignments.join(', ')}\nWHERE ${where}`,
        why: 'The table is small: one statement, and no run in batches.',
        ...(own ? { down: '' } : {}),
      },
    ];
  const key = keyOf(table);
  if (key.length === 0) return { kept: `\`${on.table}\` has no primary key to go by in batches` };
  const counted = integerKey(table);
  const { progress, procedure } = names(work, table);
  const { create, progressColumns } =
    counted === undefined
      ? byOrder(on, progress, procedure, table, key, assignments, where, pause, batchSize)
      : byRange(on, progress, procedure, counted, assignments, where, pause, batchSize);
  const after = work.mirrors.length + work.followers.length > 0 ? 'drop replaced' : 'drop helpers';
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
      stage: 'backfill',
      table: on,
      sql: `CALL ${besideSql(on, procedure)}(${batchSize}, ${pause})`,
      alone: 'The procedure commits each batch.',
      why: `One statement in the file, and no SET: a second one would open a transaction, and COMMIT in the procedure would fail (2D000). After a stop CALL it again. Each changed row leaves a dead one: run VACUUM (ANALYZE) ${onTableText(on)} afterwards, or wait until autovacuum has, before the next strong lock on it.`,
      operations: [{ type: 'backfill', ...on, set, where, key: [...key], batchSize, pause, progress: onTableText({ ...on, table: progress }) }],
      ...(own ? { down: '' } : {}),
      ...(reversibility ? { reversibility } : {}),
    },
    { kind: 'statement', stage: after, table: on, sql: `DROP PROCEDURE ${besideSql(on, procedure)}(integer, double precision)` },
    { kind: 'statement', stage: after, table: on, sql: `DROP TABLE ${besideSql(on, progress)}`, copies: [onTableText({ ...on, table: progress })] },
  ];
}

interface Batches {
  readonly create: string;
  readonly progressColumns: readonly string[];
}

/** Whole numbers: a batch is the range of the next keys that are there, however far apart, so that gaps cost nothing. */
function byRange(
  on: TableWork['on'],
  progress: string,
  procedure: string,
  key: string,
  assignments: readonly string[],
  where: string,
  pause: number,
  size: number,
): Batches {
  const [name, kept, id] = [tableSql(on), besideSql(on, progress), nameSql(key)];
  return {
    progressColumns: [
      'job          text PRIMARY KEY',
      'next_key     bigint NOT NULL',
      'last_key     bigint NOT NULL',
      'batches      integer NOT NULL DEFAULT 0',
      'rows_changed bigint NOT NULL DEFAULT 0',
      'updated_at   timestamptz NOT NULL DEFAULT now()',
    ],
    create: `CREATE PROCEDURE ${besideSql(on, procedure)}(batch_size integer DEFAULT ${size}, pause_seconds double precision DEFAULT ${pause})
LANGUAGE plpgsql AS $$
DECLARE
  progress ${kept};
  upto bigint;
  changed bigint;
BEGIN
  INSERT INTO ${kept} (job, next_key, last_key)
  SELECT 'rows', first_key, final_key FROM (SELECT min(${id}) AS first_key, max(${id}) AS final_key FROM ${name}) AS ends WHERE first_key IS NOT NULL
  ON CONFLICT (job) DO NOTHING;
  COMMIT;
  LOOP
    SET LOCAL lock_timeout = '2s';
    SELECT * INTO progress FROM ${kept} WHERE job = 'rows' FOR UPDATE;
    SELECT max(${id}) INTO upto
    FROM (
      SELECT ${id} FROM ${name} WHERE ${id} >= progress.next_key AND ${id} <= progress.last_key ORDER BY ${id} LIMIT batch_size
    ) AS next_rows;
    EXIT WHEN upto IS NULL;
    UPDATE ${name}
    SET ${assignments.join(', ')}
    WHERE ${id} >= progress.next_key AND ${id} <= upto
      AND (${where});
    GET DIAGNOSTICS changed = ROW_COUNT;
    UPDATE ${kept}
    SET next_key = upto + 1, batches = batches + 1, rows_changed = rows_changed + changed, updated_at = clock_timestamp()
    WHERE job = 'rows';
    COMMIT;
    PERFORM pg_sleep(pause_seconds);
  END LOOP;
END
$$`,
  };
}

/** Any other key: a batch is the next keys in their order, and the last of them is noted. */
function byOrder(
  on: TableWork['on'],
  progress: string,
  procedure: string,
  table: Table | undefined,
  key: readonly string[],
  assignments: readonly string[],
  where: string,
  pause: number,
  size: number,
): Batches {
  const [name, kept] = [tableSql(on), besideSql(on, progress)];
  const keys = key.map((column) => nameSql(column));
  const noted = key.map((column) => nameSql(`key_${column}`));
  const typeOf = (column: string): string => table?.columns.find((one) => one.name === column)?.type ?? 'text';
  const row = `(${keys.join(', ')})`;
  const last = `(${noted.map((column) => `progress.${column}`).join(', ')})`;
  const upto = `(${noted.map((column) => `batch.${column}`).join(', ')})`;
  return {
    progressColumns: [
      'job          text PRIMARY KEY',
      ...key.map((column, place) => `${(noted[place] ?? '').padEnd(12)} ${typeOf(column)}`),
      'batches      integer NOT NULL DEFAULT 0',
      'rows_changed bigint NOT NULL DEFAULT 0',
      'updated_at   timestamptz NOT NULL DEFAULT now()',
    ],
    create: `CREATE PROCEDURE ${besideSql(on, procedure)}(batch_size integer DEFAULT ${size}, pause_seconds double precision DEFAULT ${pause})
LANGUAGE plpgsql AS $$
DECLARE
  progress ${kept};
  batch ${kept};
  changed bigint;
BEGIN
  INSERT INTO ${kept} (job) VALUES ('rows') ON CONFLICT (job) DO NOTHING;
  COMMIT;
  LOOP
    SET LOCAL lock_timeout = '2s';
    SELECT * INTO progress FROM ${kept} WHERE job = 'rows' FOR UPDATE;
    SELECT ${keys.map((column, place) => `${column} AS ${noted[place]}`).join(', ')} INTO ${noted.map((column) => `batch.${column}`).join(', ')}
    FROM (
      SELECT ${keys.join(', ')} FROM ${name}
      WHERE progress.batches = 0 OR ${row} > ${last}
      ORDER BY ${keys.join(', ')} LIMIT batch_size
    ) AS next_rows
    ORDER BY ${keys.map((column) => `${column} DESC`).join(', ')} LIMIT 1;
    EXIT WHEN NOT FOUND;
    UPDATE ${name}
    SET ${assignments.join(', ')}
    WHERE (progress.batches = 0 OR ${row} > ${last}) AND ${row} <= ${upto}
      AND (${where});
    GET DIAGNOSTICS changed = ROW_COUNT;
    UPDATE ${kept}
    SET ${noted.map((column) => `${column} = batch.${column}`).join(', ')}, batches = batches + 1, rows_changed = rows_changed + changed, updated_at = clock_timestamp()
    WHERE job = 'rows';
    COMMIT;
    PERFORM pg_sleep(pause_seconds);
  END LOOP;
END
$$`,
  };
}
