import { anyWay, type Relation, unsure, type Way } from '../wish.js';

/** Ways in which the values of two columns compare so. */
export function relationWays(operator: string, left: string, right: string): readonly Way[] {
  if (left === right) return [operator.includes('=') && operator !== '<>' ? anyWay : unsure];
  switch (operator) {
    case '<':
      return related(left, right, 'less');
    case '<=':
      return related(left, right, 'or equal');
    case '>':
      return related(right, left, 'less');
    case '>=':
      return related(right, left, 'or equal');
    case '=':
      return related(left, right, 'equal');
    case '<>':
      return related(left, right, 'different');
    default:
      return [unsure];
  }
}

function related(lesser: string, greater: string, how: Relation['how']): readonly Way[] {
  const wishes = new Map([lesser, greater].map((column) => [column, { presence: 'not null' as const }]));
  return [{ wishes, relations: [{ lesser, greater, how }], unsure: false }];
}
