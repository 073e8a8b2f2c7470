import type { Table } from '@planwright/spec';
import { quoteLiteral } from '@planwright/sql/postgresql';
import { renameIn } from '../expression-names.js';
import { onTableText } from '../verdicts/statement-facts.js';
import { besideSql, joined, nameSql, tableSql } from './asked.js';
import { batchesOnce, fillSteps, type Pace } from './batches.js';
import { differs, same } from './differs.js';
import { type Follower, type Mirror, refusingColumns, type TableWork } from './mirror.js';
import type { PlacedStep, Stage, Step } from './step.js';

/** What one table's mirrors and fills come to: one trigger, one run of batches, one swap, one removal. The batches of a `late` one wait for the release. */
export function tableWorkSteps(
  work: TableWork,
  table: Table | undefined,
  small: boolean,
  pace: Pace,
  late: boolean,
): readonly PlacedStep[] | { readonly kept: string } {
  const kept = [...work.mirrors, ...work.followers];
  const place =
    (items: readonly { readonly from: string; readonly rule?: string }[]) =>
    (step: Step): PlacedStep => {
      const rule = items.find((item) => item.rule !== undefined)?.rule;
      return { ...step, from: [...new Set(items.map(({ from }) => from))], ...(rule === undefined ? {} : { rule }) };
    };
  const filled = fillSteps(work, table, small, pace, late);
  if ('kept' in filled) return filled;
  return [...(kept.length === 0 ? [] : mirrorSteps(work, table, small).map(place(kept))), ...filled.map(place(work.fills))];
}

function names(work: TableWork, table: Table | undefined): { readonly sync: string; readonly trigger: string } {
  const sync = joined(work.on.table, undefined, 'sync_columns');
  // Triggers fire in the order of their names: the last one sees what the others have made of the row.
  return { sync, trigger: table?.triggers?.length ? `zz_${sync}` : sync };
}

function mirrorSteps(work: TableWork, table: Table | undefined, small: boolean): readonly Step[] {
  const { on } = work;
  const mirrors = work.mirrors.map(({ mirror }) => mirror);
  const { sync, trigger } = names(work, table);
  const name = tableSql(on);
  const fn = besideSql(on, sync);
  const swapped = mirrors.filter(({ oldAfterSwap }) => oldAfterSwap !== undefined);
  const lasting = mirrors.filter(({ backward }) => backward !== undefined);
  // What the old type cannot hold, nobody can write while its column follows.
  const refusing = swapped.flatMap(({ old, backward, fits }) => (backward !== undefined && !fits ? [`\`${on.table}.${old}\``] : []));
  const refuses = refusing.length > 0;
  // What its fill fails on, a column refuses as soon as it follows.
  const fitting = refusingColumns(work).map((old) => `\`${on.table}.${old}\``);
  // Behind the gate, and the new columns before it: the release that writes what fits may have to give them values. A small table is changed at once.
  const stage: Stage = fitting.length > 0 && !small ? 'sync for release' : 'sync';
  const less = swapped.flatMap(({ old, keepsLess }) => (keepsLess ? [`what ${on.table}.${old} has ${keepsLess}`] : []));
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
  const typeOf = typesOf(table);
  const stopped = lasting.length === 0 && swapped.length > 0 && followers.length === 0;
  // The columns come back with what keeps them: rows that are written meanwhile have their values, too.
  const comesBack = mirrors.length > 0 && oneWay.length === 0;
  const dropTrigger: readonly Step[] = [`DROP TRIGGER ${nameSql(trigger)} ON ${name}`, `DROP FUNCTION ${fn}()`].map((sql) => ({
    kind: 'statement',
    stage: stopped ? 'swap' : 'drop replaced',
    table: on,
    sql,
    ...(comesBack ? { down: '' } : {}),
  }));
  const makeTrigger = `CREATE TRIGGER ${nameSql(trigger)} BEFORE INSERT OR UPDATE ON ${name}\n  FOR EACH ROW EXECUTE FUNCTION ${fn}()`;
  const before = [...mirrors.map((mirror) => syncLines(mirror, false, typeOf)), ...followers.map((follower) => followLines(follower, typeOf))];
  const since = [...lasting.map((mirror) => syncLines(mirror, true, typeOf)), ...followers.map((follower) => followLines(follower, typeOf))];
  const defaults = swapped.flatMap(({ old, unfitDefault }) => (unfitDefault ? [{ old, ...unfitDefault }] : []));
  // Where no default fits both types, nobody may leave the column out meanwhile.
  const named = defaults.flatMap(({ old, value, instead }) =>
    instead === undefined ? [`names \`${on.table}.${old}\` in each INSERT, as its default ${quoteLiteral(value)} does not fit`] : [],
  );
  return [
    ...defaults.flatMap(({ old, value, instead }): readonly Step[] =>
      instead === undefined
        ? []
        : [
            {
              kind: 'statement',
              stage,
              table: on,
              sql: alter(name, [`ALTER COLUMN ${nameSql(old)} SET DEFAULT ${quoteLiteral(instead)}`]),
              why: `The default of before, ${quoteLiteral(value)}, is a value that the trigger refuses.`,
            },
          ],
    ),
    {
      kind: 'statement',
      stage,
      table: on,
      sql: syncFunction(`CREATE FUNCTION ${fn}()`, before),
      copies: [...mirrors.map(({ interim }) => interim), ...followers.flatMap(({ column, isNew }) => (isNew ? [column] : []))].map(
        (column) => `${onTableText(on)}.${column}`,
      ),
      why: 'The dual write, until the old columns go. CREATE TRIGGER waits for writers that are under way, so every row is written after it or seen by the backfill.',
    },
    {
      kind: 'statement',
      stage,
      table: on,
      sql: makeTrigger,
      ...(fitting.length > 0
        ? {
            why: 'From here on a value that the new type cannot hold is refused, whoever writes it.',
            need: { release: [`writes to ${fitting.join(', ')} only values that fit the new type`, ...named].join(', ') },
            verdicts: {
              code: {
                basis: 'predicted',
                breaksOld: true,
                needsNew: false,
                reason: `Writes of a value to ${fitting.join(', ')} that the new type cannot hold fail.`,
              },
            },
          }
        : {}),
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
              sql: syncFunction(`CREATE OR REPLACE FUNCTION ${fn}()`, since),
              why: `From here the new type is the truth. ${refuses ? 'A value that the old column cannot hold is refused until that one goes' : 'The old column follows it until it goes'}: so long, the way back is open.`,
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
                  ? refuses
                    ? 'The copies go, and with the trigger the values that the old types refused become possible.'
                    : 'The copies go, and the trigger that has filled them.'
                  : 'The old columns go; nothing has filled them since the swap.',
            need: { release },
            ...(comesBack
              ? {
                  down: downOfDrops(work, table, [syncFunction(`CREATE FUNCTION ${fn}()`, swapped.length > 0 ? since : before), makeTrigger]),
                  reversibility: {
                    ...(less.length > 0 ? { kind: 'lossy', loses: less } : { kind: 'reversible' }),
                    transaction: 'none',
                    basis: 'predicted',
                    ...(refuses ? { condition: `while every value of ${refusing.join(', ')} fits the old type` } : {}),
                    reason: 'the columns are filled again from those that replaced them; they come back as the last ones',
                  } as const,
                }
              : {}),
          } satisfies Step,
        ]),
  ];
}

/** The type of a column as it was before the change. */
type TypeOf = (column: string) => string | undefined;

function typesOf(table: Table | undefined): TypeOf {
  return (column) => table?.columns.find(({ name }) => name === column)?.type;
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
function followLines({ column, type, default: initial, value, where, sources, reads }: Follower, typeOf: TypeOf): readonly string[] {
  const name = nameSql(column);
  const overRow = (expression: string): string => reads.reduce((text, read) => renameIn(text, read, `NEW.${nameSql(read)}`), expression);
  const changed = sources.map((source) => differs(`NEW.${nameSql(source)}`, `OLD.${nameSql(source)}`, typeOf(source))).join(' OR ');
  // Who leaves a column out and who gives it its default write the same.
  const left = initial === undefined ? `NEW.${name} IS NULL` : `(NEW.${name} IS NULL OR ${same(`NEW.${name}`, initial, type)})`;
  return [
    `-- ${column} follows ${sources.join(' and ')} until somebody gives it a value.`,
    `IF (TG_OP = 'INSERT' AND ${left}) OR (TG_OP = 'UPDATE' AND ${same(`NEW.${name}`, `OLD.${name}`, type)} AND (${changed})) THEN`,
    ...(where === undefined ? [`  NEW.${name} := ${overRow(value)};`] : [`  IF ${overRow(where)} THEN`, `    NEW.${name} := ${overRow(value)};`, '  END IF;']),
    'END IF;',
  ];
}

function syncLines(mirror: Mirror, swapped: boolean, typeOf: TypeOf): readonly string[] {
  const { oldAfterSwap, byText } = mirror;
  // An assignment in PL/pgSQL reads a text as whatever its target is.
  const asText = (column: string): string => `${column}::text`;
  const [forward, backward] = byText ? [asText, mirror.backward && asText] : [mirror.forward, mirror.backward];
  if (oldAfterSwap !== undefined) {
    if (!swapped) return [`NEW.${nameSql(mirror.interim)} := ${forward(`NEW.${nameSql(mirror.old)}`)};`];
    if (!backward) return [];
    const follows = `NEW.${nameSql(oldAfterSwap)} := ${backward(`NEW.${nameSql(mirror.old)}`)};`;
    if (!mirror.keepsLess) return [follows];
    const [now, then] = [`NEW.${nameSql(mirror.old)}`, `OLD.${nameSql(mirror.old)}`];
    return [
      `-- ${oldAfterSwap} keeps what ${mirror.old} has ${mirror.keepsLess}, until somebody writes another value.`,
      `IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND ${differs(now, then, typeOf(mirror.old))}) THEN`,
      `  ${follows}`,
      'END IF;',
    ];
  }
  const [old, fresh] = [nameSql(mirror.old), nameSql(mirror.interim)];
  return [
    `-- Who gives ${mirror.interim} a value means it; else it follows ${mirror.old}, which also fills rows that the backfill has not reached.`,
    `IF (TG_OP = 'INSERT' AND NEW.${fresh} IS NOT NULL) OR (TG_OP = 'UPDATE' AND ${differs(`NEW.${fresh}`, `OLD.${fresh}`, typeOf(mirror.old))}) THEN`,
    `  NEW.${old} := NEW.${fresh};`,
    'ELSE',
    `  NEW.${fresh} := NEW.${old};`,
    'END IF;',
  ];
}

/** The columns that are dropped come back, with the trigger that keeps them, and are filled batch by batch. */
function downOfDrops(work: TableWork, table: Table | undefined, trigger: readonly string[]): string {
  const name = tableSql(work.on);
  const columns = work.mirrors.map(({ mirror }) => ({
    mirror,
    column: mirror.oldAfterSwap ?? mirror.old,
    value: (mirror.backward ?? nameSql)(nameSql(mirror.oldAfterSwap === undefined ? mirror.interim : mirror.old)),
  }));
  const required = columns.filter(({ mirror }) => mirror.notNull);
  const undefault = columns.filter(({ mirror }) => mirror.oldAfterSwap === undefined && mirror.default !== undefined);
  const set = columns.map(({ column, value }) => `${nameSql(column)} = ${value}`).join(', ');
  const typeOf = typesOf(table);
  const differ = columns.map(({ mirror, column, value }) => differs(nameSql(column), value, typeOf(mirror.old))).join(' OR ');
  return [
    alter(name, [
      ...columns.map(({ mirror, column }) => `ADD COLUMN ${nameSql(column)} ${mirror.definition}`),
      ...undefault.flatMap(({ mirror, column }) => [
        `ALTER COLUMN ${nameSql(column)} SET DEFAULT ${mirror.default}`,
        `ALTER COLUMN ${nameSql(mirror.interim)} DROP DEFAULT`,
      ]),
    ]),
    ...trigger,
    batchesOnce(work, table, set, differ),
    ...(required.length === 0
      ? []
      : [
          alter(
            name,
            required.map(({ column }) => `ALTER COLUMN ${nameSql(column)} SET NOT NULL`),
          ),
        ]),
  ].join(';\n');
}
