import type { Constraint } from '@planwright/spec';

/** Whether rows that were there before a constraint are not checked yet. */
export function isNotValid(constraint: Constraint): boolean {
  return 'notValid' in constraint && constraint.notValid === true;
}
