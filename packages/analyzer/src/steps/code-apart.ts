import type { CodeVerdict, Operation } from '@planwright/spec';
import { nothingAgain } from '../given-again.js';
import { codeVerdict } from '../verdicts/postgresql/code.js';
import type { StatementFacts } from '../verdicts/statement-facts.js';

/** What a statement does to code once it is apart from what gives again the key that it drops: that is built in other migrations. */
export function codeApart(facts: StatementFacts, together: CodeVerdict | undefined): CodeVerdict | undefined {
  return facts.operations.some(({ type }) => apart.has(type)) ? codeVerdict({ ...facts, again: nothingAgain }) : together;
}

const apart: ReadonlySet<Operation['type']> = new Set(['dropConstraint', 'dropIndex']);
