import type { Context, Release } from '@planwright/spec';
import type { Survey } from '../survey.js';
import { distinct, listed } from '../words.js';
import { lowerFirst } from './classification.js';
import { demands, hasBridge } from './gates.js';

/** The releases that a breaking change stands between; none where every release survives. What they read and write, only their owners know. */
export function releases(survey: Survey, context: Context): Release[] | undefined {
  const breaking = survey.planned.filter((act) => act.effect.breaking === true);
  const [first] = breaking;
  if (!first) return undefined;
  const needs = distinct(survey.planned.filter((act) => act.effect.needsNew).map((act) => act.migration.id));
  const retires = context.sequence?.gates?.find((gate) => gate.before === first.migration.id);
  const bridge = hasBridge(breaking);
  const need = needs.length > 0 ? `; what it uses of the new schema needs ${needs.length === 1 ? 'Migration' : 'Migrations'} ${listed(needs)}` : '';
  return [
    {
      name: retires?.retires ?? 'R0',
      requirement: `runs today; fails from Migration ${first.migration.id} on: ${lowerFirst(first.effect.code ?? 'it breaks')}`,
    },
    {
      name: retires?.release ?? 'R1',
      requirement: bridge
        ? `${demands(breaking)}; works before and after Migration ${first.migration.id}${need}`
        : `${demands(breaking)}; works only after Migration ${breaking.at(-1)?.migration.id}${need}`,
      ready: `before Migration ${first.migration.id}`,
    },
  ];
}
