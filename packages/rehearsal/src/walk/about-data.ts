import type { StatementError } from '../engine.js';

/** Only what PostgreSQL says of values and constraints, or a step's own RAISE, shows that it is the rows that broke the step. */
export function isAboutData({ code }: StatementError): boolean {
  return code.startsWith('22') || code.startsWith('23') || code === 'P0001';
}
