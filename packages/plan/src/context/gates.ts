import type { Gate } from '@planwright/spec';
import { named } from '../names.js';
import type { Act, Survey } from '../survey.js';
import { distinct, listed, sentencesOf } from '../words.js';
import { lowerFirst } from './classification.js';

/** Days between the last release that may need an object and its removal, unless somebody says otherwise. */
const cleanupDays = 7;

/** The deploys that breaking migrations wait for. R0 is the release that runs today, R1 the one that fits the schema afterwards. */
export function gates(survey: Survey): Gate[] {
  const breaking = survey.planned.filter((act) => act.effect.breaking === true);
  const first = breaking[0]?.migration;
  const last = breaking.at(-1)?.migration;
  if (!first || !last) return [];
  const purpose = `From Migration ${first.id} on, ${lowerFirst(firstBreak(breaking))}`;
  const demand = demands(breaking);
  const deploys: Gate[] = hasBridge(breaking)
    ? [
        {
          id: 'G1',
          title: `R1, which ${demand}, is deployed everywhere; R0 is gone`,
          release: 'R1',
          retires: 'R0',
          demand,
          ...previous(survey, first.id),
          before: first.id,
          purpose,
        },
      ]
    : [
        { id: 'G1', title: 'R0 is stopped, and no release runs', retires: 'R0', ...previous(survey, first.id), before: first.id, purpose },
        {
          id: 'G2',
          title: `R1, which ${demand}, is started`,
          release: 'R1',
          demand,
          after: last.id,
          ...next(survey, last.id),
          purpose: 'It is the first release that fits the schema.',
        },
      ];
  const cleanup = survey.migrations.find((migration) => migration.phase === 'cleanup');
  if (!cleanup || cleanup.id === first.id) return deploys;
  const lost = distinct(breaking.filter((act) => act.migration.phase === 'cleanup' && act.effect.data === 'loses').map((act) => act.effect.object ?? ''));
  return [
    ...deploys,
    {
      id: `G${deploys.length + 1}`,
      title: `R1 has run everywhere for ${cleanupDays} days`,
      ...previous(survey, cleanup.id),
      before: cleanup.id,
      wait: cleanupDays,
      ...(lost.length > 0 && { conditions: [`the values of ${listed(lost)} are archived, or somebody has decided that nobody needs them`] }),
      purpose: `Migration ${cleanup.id} removes what the way back rests on.`,
    },
  ];
}

/** What the first migration that breaks running code does to it, its worst operation in one sentence. */
export function firstBreak(breaking: readonly Act[]): string {
  const [first] = breaking;
  const worst = breaking.find((act) => act.migration.id === first?.migration.id && act.effect.risk === 'high') ?? first;
  return sentencesOf(worst?.effect.code ?? 'it breaks.')[0] ?? '';
}

/** Whether one release can run before and after all of the operations. */
export function hasBridge(acts: readonly Act[]): boolean {
  return acts.every((act) => act.effect.noBridge !== true);
}

/** What the next release must do, from what breaks the running one. */
export function demands(acts: readonly Act[]): string {
  const byVerb = new Map<string, string[]>();
  for (const act of acts) {
    const [verb, object] = demand(act);
    byVerb.set(verb, distinct([...(byVerb.get(verb) ?? []), object]));
  }
  // What goes and comes back under its name in another form is met in both.
  const goes = byVerb.get('does without') ?? [];
  const comes = byVerb.get('satisfies') ?? [];
  const replaced = goes.filter((name) => comes.includes(name));
  if (replaced.length > 0) {
    byVerb.set('copes with the old and the new', replaced);
    byVerb.set('does without', without(goes, replaced));
    byVerb.set('satisfies', without(comes, replaced));
    for (const [verb, objects] of byVerb) if (objects.length === 0) byVerb.delete(verb);
  }
  return listed([...byVerb].map(([verb, objects]) => `${verb} ${shortened(objects)}`)) || 'fits the new schema';
}

function without(names: readonly string[], some: readonly string[]): string[] {
  return names.filter((name) => !some.includes(name));
}

/** At most four names; the rest is counted. */
function shortened(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : listed(names);
}

function demand({ operation, effect }: Act): readonly [verb: string, object: string] {
  const object = effect.object ?? 'the new schema';
  switch (operation.type) {
    case 'renameColumn':
      return ['names', `${named(operation)}.${operation.to} instead of ${operation.column}`];
    case 'renameTable':
      return ['names', `${operation.to} instead of ${operation.table}`];
    case 'alterColumnType':
      return ['takes', `${object} as ${operation.to}`];
    case 'addColumn':
      return ['fills', object];
    case 'setNotNull':
      return ['writes no NULL to', object];
    case 'dropDefault':
    case 'dropIdentity':
      return ['gives a value to', object];
    case 'addConstraint':
    case 'createIndex':
    case 'alterDomain':
      return ['satisfies', object];
    case 'dropColumn':
      return [effect.noBridge ? 'knows the new' : 'does without', object];
    default:
      return operation.type.startsWith('drop') || operation.type === 'detachPartition' ? ['does without', object] : ['fits', object];
  }
}

function previous(survey: Survey, id: string): { readonly after?: string } {
  const before = survey.migrations[survey.migrations.findIndex((migration) => migration.id === id) - 1];
  return before ? { after: before.id } : {};
}

function next(survey: Survey, id: string): { readonly before?: string } {
  const after = survey.migrations[survey.migrations.findIndex((migration) => migration.id === id) + 1];
  return after ? { before: after.id } : {};
}
