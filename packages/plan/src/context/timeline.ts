import { blocksWriters } from '@planwright/analyzer';
import type { Context, Lock, Timeline } from '@planwright/spec';
import { operationPhrase } from '../operation-phrase.js';
import type { Survey } from '../survey.js';
import { counted, distinct, listed } from '../words.js';

/** The phases of the work; how long each takes, its people say. A window is needed when the locks or the releases say so. */
export function timeline(survey: Survey, context: Context): Timeline {
  const steps = context.steps ?? [];
  const known = steps.length > 0 && steps.every((step) => step.duration !== undefined);
  const sum = (bound: 'min' | 'max') => steps.reduce((total, step) => total + (step.duration?.[bound] ?? 0), 0);
  const runs = distinct(steps.map(({ run }) => run ?? 1));
  const questions = (context.questions ?? []).length;
  return {
    phases: [
      { name: 'Planning', done: `plan approved${questions > 0 ? `, ${counted(questions, 'open question')} answered` : ''}` },
      {
        name: 'Staging Testing',
        dependsOn: ['Planning'],
        done: `${survey.migrations.length === 1 ? 'the migration has' : `all ${survey.migrations.length} migrations have`} run on staging, and every verification was as expected`,
      },
      { name: 'Production Migration', dependsOn: ['Staging Testing'], done: `Step ${steps.length} is done and verified` },
      { name: 'Verification', dependsOn: ['Production Migration'], done: 'metrics back at their baselines' },
    ],
    ...(known && { total: { min: sum('min'), max: sum('max') }, buffer: 20 }),
    ...windowNeeded(survey, context),
    ...(runs.length > 1 && { runs: runs.map((number) => ({ number })) }),
  };
}

/** Whether users must be kept out: computed from lock verdicts and from what no release survives. Absent where locks are not known. */
export function windowNeeded(survey: Survey, context: Context): Pick<Timeline, 'windowNeeded' | 'windowReason'> {
  const stops = survey.planned.filter((act) => act.effect.noBridge);
  if (stops.length > 0) {
    return {
      windowNeeded: true,
      windowReason: `no release fits the schema before and after ${listed(distinct(stops.map((act) => operationPhrase(act.operation))))}`,
    };
  }
  const lasting = survey.planned.filter((act) => act.effect.kind !== 'none');
  const verdicts = distinct(lasting.map(({ statement }) => statement)).map(({ verdicts: one }) => one?.lock);
  const locks = verdicts.flatMap((lock) => lock?.locks ?? []);
  const long = locks.filter(({ held, mode }) => held !== 'brief' && blocksWriters(mode));
  const small = new Set((context.tables?.facts ?? []).filter(({ rows }) => rows !== undefined && rows <= 1_000).map(({ table }) => table));
  const felt = long.filter(({ relation }) => !small.has(relation));
  const worst = felt.find(({ mode }) => mode === 'ACCESS EXCLUSIVE') ?? felt[0];
  if (worst) return { windowNeeded: true, windowReason: `${worst.mode} on ${worst.relation} is held for a ${worst.held}` };
  if (verdicts.length > 0 && verdicts.every((lock) => lock !== undefined)) {
    const brief = locks.find(({ mode }) => mode === 'ACCESS EXCLUSIVE') ?? locks.find(({ held }) => held !== 'brief') ?? locks[0];
    return { windowNeeded: false, windowReason: brief ? worstLock(brief) : 'only new relations are locked' };
  }
  return {};
}

function worstLock({ mode, relation, held }: Lock): string {
  if (held === 'brief') return `the worst lock is a brief ${mode} on ${relation}`;
  return mode === 'ROW EXCLUSIVE'
    ? `readers of ${relation} go on; only who writes a row that it has written waits until it commits`
    : `${mode} on ${relation} is held for a ${held}, and readers and writers go on under it`;
}
