const number = String.raw`[-+]?\d+(?:\.\d+)?`;
const comparison = new RegExp(String.raw`^"?([A-Za-z_][\w$]*)"?\s*(<=|>=|<>|!=|<|>|=)\s*(${number})$`);
const list = /^"?([A-Za-z_][\w$]*)"?\s+in\s*\(\s*((?:'(?:[^']|'')*'|[-+]?\d+(?:\.\d+)?)(?:\s*,\s*(?:'(?:[^']|'')*'|[-+]?\d+(?:\.\d+)?))*)\s*\)$/i;

/** The only values but NULL that a check lets into its one column, where it lists them: `status IN ('new', 'paid')`. */
export function allowedValues(expression: string): { readonly column: string; readonly values: readonly string[] } | undefined {
  const [, column, values] = list.exec(expression.trim()) ?? [];
  return column === undefined || values === undefined ? undefined : { column, values: itemsOf(values) };
}

/** A comparison with a number, where an expression is nothing else: `amount > 0`. */
export function comparisonIn(expression: string): { readonly column: string; readonly operator: string; readonly number: number } | undefined {
  const [, column, operator, number] = comparison.exec(expression.trim()) ?? [];
  return column === undefined || operator === undefined || number === undefined
    ? undefined
    : { column, operator: operator === '!=' ? '<>' : operator, number: Number(number) };
}

/** Whether a check surely holds where its columns have these constant values: NULL, a number, a text. `undefined` is a value that is not known. */
export function holds(expression: string, values: ReadonlyMap<string, string | undefined>): boolean {
  const text = expression.trim();
  if (
    [...values.values()].every((value) => value === 'NULL') &&
    !/\bis\b|\bcoalesce\b|\bnum_nulls\b|\bnum_nonnulls\b|\bnot\s+null\b|\bcase\b|\bdistinct\b/i.test(text)
  )
    return true;
  if (/'/.test(text) && !list.test(text)) return false;
  const parts = text.split(/\s+and\s+/i);
  return parts.every((part) => partHolds(part.trim(), values));
}

function partHolds(part: string, values: ReadonlyMap<string, string | undefined>): boolean {
  const compared = comparison.exec(part);
  if (compared) {
    const value = values.get(compared[1] ?? '');
    if (value === 'NULL') return true;
    if (value === undefined || !new RegExp(`^${number}$`).test(value)) return false;
    return isTrue(Number(value), compared[2] ?? '', Number(compared[3]));
  }
  const listed = list.exec(part);
  if (!listed) return false;
  const value = values.get(listed[1] ?? '')?.replace(/::[\w ]+$/, '');
  if (value === undefined) return false;
  return value === 'NULL' || itemsOf(listed[2] ?? '').includes(value);
}

function itemsOf(listed: string): readonly string[] {
  return [...listed.matchAll(/'(?:[^']|'')*'|[-+]?\d+(?:\.\d+)?/g)].map(([item]) => item);
}

function isTrue(value: number, operator: string, other: number): boolean {
  switch (operator) {
    case '<':
      return value < other;
    case '<=':
      return value <= other;
    case '>':
      return value > other;
    case '>=':
      return value >= other;
    case '=':
      return value === other;
    default:
      return value !== other;
  }
}
