import type { Classification, Context } from '@planwright/spec';
import type { Survey } from '../survey.js';
import { distinct } from '../words.js';

/** Rows up to which a scan, a rewrite or an index build takes a moment on any machine. */
const fewRows = 1_000;

/** The run time of the sequence where it is known, else what it depends on. Nothing is estimated from sizes: speed is the machine's. */
export function duration(survey: Survey, context: Context): Pick<Classification, 'duration' | 'durationUnknown'> {
  const known = survey.migrations.map((migration) => migration.duration);
  if (known.length > 0 && known.every((one) => one !== undefined)) {
    const sum = (bound: 'min' | 'max') => known.reduce((total, one) => total + (one?.[bound] ?? 0), 0);
    return { duration: { min: sum('min'), max: sum('max'), basis: known.every((one) => one?.basis === 'observed') ? 'observed' : 'assumed' } };
  }
  const depends = dependsOnSize(survey, context);
  return depends.length > 0 ? { durationUnknown: depends } : { duration: { min: 0, max: survey.migrations.length, basis: 'predicted' } };
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
