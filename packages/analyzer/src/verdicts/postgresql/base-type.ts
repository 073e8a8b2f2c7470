import type { Domain, Operation } from '@planwright/spec';
import { typeName } from '../../rests-on.js';
import type { StatementFacts } from '../statement-facts.js';

/** The domain that a type is, when an earlier migration or this statement makes it. */
export function domainOf({ restsOn, before, after }: StatementFacts, type: string): Domain | undefined {
  const { schema, name } = typeName(type);
  const isIt = (domain: Domain): boolean => domain.name === name && domain.schema === schema;
  return type.endsWith('[]') ? undefined : (restsOn.domains.find(isIt) ?? before.domains?.find(isIt) ?? after.domains?.find(isIt));
}

/** The type that values of a domain have; any other type as it is. */
export function baseType(facts: StatementFacts, type: string): string {
  return domainOf(facts, type)?.type ?? type;
}

/** Whether USING is absent or casts the column and does nothing else: then the values are converted as the types say. */
export function isPlainCast({ column, using }: Extract<Operation, { type: 'alterColumnType' }>): boolean {
  if (using === undefined) return true;
  const name = `"?${column.replace(/[^\w]/g, '.')}"?`;
  const type = '"?[\\w .]+"?(?:\\([\\d, ]+\\))?(?:\\[\\])?';
  return new RegExp(`^\\(*(?:${name}\\)*(?:\\s*::\\s*${type})?|cast\\s*\\(\\s*${name}\\s+as\\s+${type}\\s*\\))\\)*$`, 'i').test(using.trim());
}
