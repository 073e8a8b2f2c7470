import type { Context, Question, Requirement } from '@planwright/spec';

/** One step of the way to a missing value: a key, or an item of a list with what it is called. */
export interface Step {
  readonly key: string;
  /** Of an item of a list: its id, name or number. */
  readonly item?: string;
}

/**
 * The question of a missing value. The same value has the same id in every document: one of `context.questions` with its pointer
 * wins, else the id is made from the pointer.
 */
export function questionFor(requirement: Requirement, steps: readonly Step[], context: Context): Question {
  const pointer = steps.map(({ key }) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  const given = context.questions?.find((question) => question.pointer === pointer);
  if (given !== undefined) return given;
  const item = steps.findLast((step) => step.item !== undefined)?.item ?? '';
  return {
    id: idOf(steps),
    pointer,
    question: requirement.question.replace(/\{(?:id|name)\}/g, item),
    ...(requirement.askedOf !== undefined && { askedOf: requirement.askedOf }),
  };
}

// `/sequence/migrations/2/purpose` of migration 003 is Q-migration-003-purpose.
function idOf(steps: readonly Step[]): string {
  const words: string[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.item !== undefined) words.push(step.item);
    else if (steps[index + 1]?.item !== undefined) words.push(singular(step.key));
    else if (!(index === 0 && (step.key === 'sequence' || step.key === 'change'))) words.push(step.key);
  }
  return `Q-${words.join('-').replace(/[^A-Za-z0-9._*-]+/g, '-')}`;
}

// The ids of the questions of a required path: the purpose of each migration is asked as `Q-migration-<id>-purpose`.
export function questionIdPattern(pointer: string): RegExp {
  const keys = pointer.split('/').slice(1);
  return new RegExp(`^${idOf(keys.map((key): Step => (key === '*' ? { key, item: '*' } : { key }))).replaceAll('*', '[^]+')}$`);
}

function singular(list: string): string {
  return list.replace(/ies$/, 'y').replace(/s$/, '');
}
