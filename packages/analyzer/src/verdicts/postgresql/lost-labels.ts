import { isOfType } from '../../rests-on.js';
import type { StatementFacts } from '../statement-facts.js';

/** Labels of an enum that another lacks; nothing where one of the types is no enum that is known. */
export function lostLabels({ restsOn }: StatementFacts, from: string, to: string): readonly string[] | undefined {
  const [known, wanted] = [from, to].map((type) => restsOn.enums.find((one) => isOfType(type, one)));
  return known && wanted ? known.labels.filter((label) => !wanted.labels.includes(label)) : undefined;
}
