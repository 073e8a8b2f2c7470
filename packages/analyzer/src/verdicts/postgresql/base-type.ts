import type { Domain, Operation } from '@planwright/spec';
import { identifier, writesName } from '../../expression-names.js';
import { typeName } from '../../rests-on.js';
import type { StatementFacts } from '../statement-facts.js';

/** The domain that a type is, when an earlier migration or this statement makes it. */
export function domainOf(facts: StatementFacts, type: string): Domain | undefined {
  if (type.endsWith('[]')) return undefined;
  const { schema, name } = typeName(type);
  const isIt = (domain: Domain): boolean => domain.name === name && domain.schema === schema;
  const known = facts.restsOn.domains.find(isIt);
  // One that the statement itself makes: a DO block may.
  return known ?? (facts.operations.some(({ type: kind }) => kind === 'createDomain') ? facts.after.domains?.find(isIt) : undefined);
}

/** The type that values of a domain have; any other type as it is. */
export function baseType(facts: StatementFacts, type: string): string {
  return domainOf(facts, type)?.type ?? type;
}

const byText = new RegExp(String.raw`^\(*(${identifier})\)*(?:\s*::\s*text(?:\[\])?)?\s*::\s*[\w".]+(?:\[\])?\)*$`, 'i');

/** Whether USING looks the column's text up in the new type: `state::text::state`, or `state::state` of a text. */
export function isByText({ column, using = '' }: Extract<Operation, { type: 'alterColumnType' }>): boolean {
  return writesName(byText.exec(using.trim())?.[1], column);
}

const type = String.raw`"?[\w .]+"?(?:\([\d, ]+\))?(?:\[\])?`;
const plainCast = new RegExp(String.raw`^\(*(?:cast\s*\(\s*(${identifier})\s+as\s+${type}\s*\)|(${identifier})\)*(?:\s*::\s*${type})?)\)*$`, 'i');

/** Whether USING is absent or casts the column and does nothing else: then the values are converted as the types say. */
export function isPlainCast({ column, using }: Extract<Operation, { type: 'alterColumnType' }>): boolean {
  if (using === undefined) return true;
  const found = plainCast.exec(using.trim());
  return writesName(found?.[1] ?? found?.[2], column);
}
