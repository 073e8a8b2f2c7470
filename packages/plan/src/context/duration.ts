import type { Classification, Context, Duration, PlannedMigration } from '@planwright/spec';
import { named } from '../names.js';
import type { Survey } from '../survey.js';
import { distinct } from '../words.js';

/** Rows up to which a scan, a rewrite or an index build takes a moment on any machine. */
const fewRows = 1_000;

/** Rows that a backfill changes in a second, beside its pauses: few on a small cloud volume under load, many with the table in memory. */
const backfillRate = { min: 5_000, max: 100_000 } as const;

/**
 * The run time of a migration by the sizes of its tables: what its statements' lock verdicts estimate, and the batches of a backfill. Nothing where a statement
 * that depends on size has no estimate, and where none depends on it: a brief statement's time is the machine's, and can only be observed.
 */
export function estimatedDuration({ statements }: PlannedMigration, { tables }: Pick<Context, 'tables'>): Duration | undefined {
  let [min, max] = [0, 0];
  const from: string[] = [];
  for (const { operations, verdicts } of statements) {
    const lock = verdicts?.lock;
    if (operations.some(({ type }) => type === 'unknown')) return undefined;
    for (const operation of operations) {
      if (operation.type !== 'backfill') continue;
      const rows = tables?.facts?.find(({ table }) => table === named(operation))?.rows;
      if (rows === undefined) return undefined;
      const pauses = Math.ceil(rows / (operation.batchSize ?? rows)) * (operation.pause ?? 0);
      min += pauses + rows / backfillRate.max;
      max += pauses + rows / backfillRate.min;
      from.push(`${rows.toLocaleString('en-US')} rows of ${named(operation)} at 5,000 to 100,000 rows a second, and the pauses`);
    }
    if (lock?.duration) {
      min += lock.duration.min;
      max += lock.duration.max;
      if (lock.duration.from !== undefined) from.push(lock.duration.from);
    } else if (lock?.scans?.length || lock?.rewrites?.length) return undefined;
  }
  return from.length === 0 ? undefined : { min: tenth(min), max: tenth(max), basis: 'predicted', from: distinct(from).join('; ') };
}

function tenth(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

/** The run time of the sequence where it is known, else what it depends on. */
export function duration(survey: Survey, context: Context): Pick<Classification, 'duration' | 'durationUnknown'> {
  const known = survey.migrations.map((migration) => migration.duration);
  if (known.length > 0 && known.every((one) => one !== undefined)) {
    const sum = (bound: 'min' | 'max') => known.reduce((total, one) => total + (one?.[bound] ?? 0), 0);
    return { duration: { min: sum('min'), max: sum('max'), basis: basisOf(known) } };
  }
  const depends = dependsOnSize(survey, context);
  return depends.length > 0 ? { durationUnknown: depends } : { duration: { min: 0, max: survey.migrations.length, basis: 'predicted' } };
}

/** One basis for several times: the weakest of theirs, and `assumed` where somebody gave one without. */
export function basisOf(durations: readonly (Duration | undefined)[]): NonNullable<Duration['basis']> {
  const bases = durations.map((one) => one?.basis ?? 'assumed');
  return bases.includes('assumed') ? 'assumed' : bases.includes('predicted') ? 'predicted' : 'observed';
}

/** What of the run time depends on sizes that are not known to be small, or on statements that were not analysed. */
export function dependsOnSize(survey: Survey, context: Context, migration?: string): string[] {
  const small = new Set((context.tables?.facts ?? []).filter(({ rows }) => rows !== undefined && rows <= fewRows).map(({ table }) => table));
  const acts = survey.planned.filter((act) => migration === undefined || act.migration.id === migration);
  const work = acts.flatMap(({ effect }) => {
    if (effect.kind === 'unknown') return [`a statement that was not analysed`];
    return effect.work &&
      ![...small].some((table) => new RegExp(`\\b(of|on|to) ${table.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w.])`).test(effect.work ?? ''))
      ? [effect.work]
      : [];
  });
  return distinct(work);
}
