import type { Context, Issue } from '@planwright/spec';
import { isBelow } from './context/level.js';
import { operationPhrase } from './operation-phrase.js';
import type { Survey } from './survey.js';
import { distinct, listed } from './words.js';

/** What was computed of the values that somebody may also give. */
export interface Computed {
  readonly classification: NonNullable<Context['classification']>;
  readonly timeline: NonNullable<Context['timeline']>;
  readonly rollback: NonNullable<Context['rollback']>;
  readonly reversibility: ReadonlyMap<string, NonNullable<NonNullable<Context['sequence']>['migrations'][number]['reversibility']>>;
}

/** Issues for given values that contradict the computed ones. Risk may be raised, not lowered. */
export function contradictions(given: Context, computed: Computed, survey: Survey): Issue[] {
  const issues: Issue[] = [];
  const against = (pointer: string, found: unknown, expected: string, hint: string) =>
    issues.push({
      code: 'contradicts-computed',
      pointer,
      message: `${pointer} is given as ${JSON.stringify(found)}, but the operations say ${expected}.`,
      hint,
    });
  const { classification } = given;
  const type = computed.classification.changeType;
  if (classification?.changeType && type && classification.changeType !== type)
    against(
      '/classification/changeType',
      classification.changeType,
      JSON.stringify(type),
      'Leave it out: it is computed from the code verdicts. A wrong verdict is corrected at its statement.',
    );
  const kinds = computed.classification.kinds ?? [];
  if (classification?.kinds && (classification.kinds.length !== kinds.length || classification.kinds.some((kind) => !kinds.includes(kind))))
    against('/classification/kinds', classification.kinds, JSON.stringify(kinds), 'Leave it out: it is computed from the operations.');
  const floor = computed.classification.risk;
  if (classification?.risk && floor && isBelow(classification.risk, floor))
    against('/classification/risk', classification.risk, `at least ${JSON.stringify(floor)}`, 'Risk may be raised, not lowered.');
  const needed = computed.timeline.windowNeeded;
  if (given.timeline?.windowNeeded !== undefined && needed !== undefined && given.timeline.windowNeeded !== needed)
    against(
      '/timeline/windowNeeded',
      given.timeline.windowNeeded,
      `${needed}: ${computed.timeline.windowReason}`,
      'Leave it out: it is computed from the locks and the releases.',
    );
  const noReturn = computed.rollback.pointOfNoReturn;
  if (given.rollback?.pointOfNoReturn && given.rollback.pointOfNoReturn !== noReturn)
    against(
      '/rollback/pointOfNoReturn',
      given.rollback.pointOfNoReturn,
      noReturn ? JSON.stringify(noReturn) : 'that every migration can be undone',
      'Leave it out, or say at the migration why it is irreversible.',
    );
  const order = ['reversible', 'lossy', 'irreversible'];
  (given.sequence?.migrations ?? []).forEach((migration, position) => {
    const found = migration.reversibility?.kind;
    const expected = computed.reversibility.get(migration.id);
    if (found && expected && order.indexOf(found) < order.indexOf(expected.kind))
      against(
        `/sequence/migrations/${position}/reversibility/kind`,
        found,
        `${JSON.stringify(expected.kind)}: ${expected.reason ?? listed(expected.loses ?? [])}`,
        'A way back that restores no data is not called one that does.',
      );
  });
  return [...issues, ...withoutPath(given, survey)];
}

/** Zero downtime is required, and an operation leaves no release that fits before and after. */
function withoutPath(given: Context, survey: Survey): Issue[] {
  const stops = survey.planned.filter((act) => act.effect.noBridge);
  if (given.classification?.zeroDowntime !== true || stops.length === 0) return [];
  return [
    {
      code: 'no-zero-downtime-path',
      severity: 'warning',
      pointer: '/sequence/migrations',
      message: `Zero downtime is required, but no release fits the schema before and after ${listed(distinct(stops.map((act) => operationPhrase(act.operation))))}.`,
      hint: 'Put the new object beside the old one, write both, fill the existing rows, switch the reads, then drop the old one; or allow a maintenance window (classification.zeroDowntime: false).',
    },
  ];
}
