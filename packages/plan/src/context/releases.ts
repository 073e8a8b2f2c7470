import type { Context, Release } from '@planwright/spec';
import type { Act, Survey } from '../survey.js';
import { distinct, listed } from '../words.js';
import { lowerFirst } from './classification.js';
import { demands, firstBreak, hasBridge } from './gates.js';

/** The releases that a breaking change stands between; none where every release survives. What they read and write, only their owners know. */
export function releases(survey: Survey, context: Context): Release[] | undefined {
  const breaking = survey.planned.filter((act) => act.effect.breaking === true);
  const [first] = breaking;
  if (!first) return undefined;
  // A column that it reads must be there, and filled.
  const needs = distinct(survey.planned.filter((act) => act.effect.needsNew || fillsNewColumns(act, survey)).map((act) => act.migration.id));
  const gates = context.sequence?.gates ?? [];
  const retires = gates.find((gate) => gate.retires);
  const starts = gates.find((gate) => gate.release);
  const bridge = hasBridge(breaking);
  const unbridged = breaking.findLast(({ effect }) => effect.noBridge === true)?.migration.id;
  // A gate that somebody has set says better than the operations what its release must do.
  if (starts?.demand !== undefined && starts.before !== undefined) {
    const { before, demand } = starts;
    // Behind the gate may come what every release survives: rows that are filled once the new one writes them.
    const dies = breaking.find(({ migration }) => migration.id >= before)?.migration.id ?? before;
    const earlier = needs.filter((id) => id < before);
    const both = unbridged === dies ? [] : [`works before and after Migration ${dies}`];
    const none =
      unbridged === undefined ? [] : [`no release fits both sides of Migration ${unbridged}: what that breaks fails from there on, until code follows`];
    return [
      { name: starts.retires ?? 'R0', requirement: `runs today, and until gate ${starts.id}; it does not survive Migration ${dies}` },
      {
        name: starts.release ?? 'R1',
        requirement: `${[demand, ...both, ...none].join('; ')}${ofSchema(earlier)}`,
        ready: `before Migration ${before}`,
      },
    ];
  }
  const need = bridge ? ofSchema(needs) : '';
  const last = starts?.demand === undefined ? breaking.at(-1)?.migration.id : (unbridged ?? breaking.at(-1)?.migration.id);
  return [
    {
      name: retires?.retires ?? 'R0',
      requirement: `runs today; from Migration ${first.migration.id} on, ${lowerFirst(firstBreak(breaking)).replace(/\.$/, '')}`,
    },
    {
      name: starts?.release ?? 'R1',
      requirement: bridge
        ? `${demands(breaking)}; works before and after Migration ${first.migration.id}${need}`
        : `${starts?.demand ?? demands(breaking)}; works only after Migration ${last}${need}`,
      ready: bridge ? `before Migration ${first.migration.id}` : `when Migration ${last} is done`,
    },
  ];
}

function ofSchema(needs: readonly string[]): string {
  return needs.length === 0 ? '' : `; what it uses of the new schema needs ${needs.length === 1 ? 'Migration' : 'Migrations'} ${listed(needs)}`;
}

function fillsNewColumns({ operation }: Act, { schema }: Survey): boolean {
  return operation.type === 'backfill' && Object.keys(operation.set).some((column) => schema.isNewColumn(operation, column));
}
