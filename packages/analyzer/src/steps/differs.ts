/** Types that PostgreSQL compares by no `=` (42883), or by one that is not about all of the value: boxes are equal when their areas are. */
const withoutEquality = /^(?:json|xml|point|polygon|box|circle|path|line|lseg)(?:\[\])*$/;

/** Whether two values of a type are not the same, NULL counting as a value. */
export function differs(left: string, right: string, type: string | undefined): string {
  return type !== undefined && withoutEquality.test(type)
    ? `${cast(left, 'text')} IS DISTINCT FROM ${cast(right, 'text')}`
    : `${left} IS DISTINCT FROM ${right}`;
}

/** The opposite. */
export function same(left: string, right: string, type: string | undefined): string {
  return differs(left, right, type).replace(' IS DISTINCT FROM ', ' IS NOT DISTINCT FROM ');
}

/** `total::text`; anything longer than a name, a call or a literal stands in parentheses. */
export function cast(expression: string, type: string): string {
  return `${alone(expression)}::${type}`;
}

/** An expression that an operator beside it does not tear apart. */
export function alone(expression: string): string {
  return /^(?:[\w."]+|'(?:[^']|'')*'|\w+\([^()]*\))$/.test(expression) ? expression : `(${expression})`;
}
