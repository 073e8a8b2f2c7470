import type { Expression } from './expression.js';
import { readExpression } from './read-expression.js';
import { anyWay, type Bound, combined, mostWays, type Relation, unsure, type Way, type Wish } from './wish.js';
import { writtenExpression } from './written-expression.js';

/** Ways to make a condition true (or false), the most natural first. `columns` are the names it may read; in a domain's check it is `value`. */
export function waysOf(condition: string, truth = true): readonly Way[] {
  const read = readExpression(condition);
  return read ? ways(read, truth) : [unsure];
}

function ways(expression: Expression, truth: boolean): readonly Way[] {
  switch (expression.kind) {
    case 'not':
      return ways(expression.of, !truth);
    case 'and':
    case 'or': {
      const parts = expression.of.map((part) => ways(part, truth));
      if ((expression.kind === 'and') === truth) return parts.reduce((all, part) => combined(all, part), [anyWay]);
      // `x IS NULL OR …` is better met by a value.
      return parts
        .flat()
        .sort((one, other) => Number(asksNull(one)) - Number(asksNull(other)))
        .slice(0, mostWays);
    }
    case 'cast':
      return ways(expression.of, truth);
    case 'column':
      return [wished(expression.name, { oneOf: [truth ? 'true' : 'false'], presence: 'not null' })];
    case 'literal':
      return (expression.value === 'true') === truth || expression.value === null ? [anyWay] : [];
    case 'is':
      return isWays(expression, truth);
    case 'operator':
      return operatorWays(expression, truth);
    case 'each':
      return eachWays(expression, truth);
    case 'case': {
      // The first branch that can be had: it holds, and none before it does.
      const found: Way[] = [];
      let before: readonly Way[] = [anyWay];
      for (const [when, then] of expression.branches) {
        found.push(...combined(combined(before, ways(when, true)), ways(then, truth)));
        before = combined(before, ways(when, false));
      }
      found.push(...combined(before, ways(expression.otherwise, truth)));
      return found.slice(0, mostWays);
    }
    default:
      return [unsure];
  }
}

function asksNull(way: Way): boolean {
  return [...way.wishes.values()].some((wish) => wish.presence === 'null');
}

function wished(column: string, wish: Wish): Way {
  return { ...anyWay, wishes: new Map([[column, wish]]) };
}

function isWays({ of, what, not }: Extract<Expression, { kind: 'is' }>, truth: boolean): readonly Way[] {
  const positive = not !== truth;
  if (what !== 'null') return positive ? ways(of, what === 'true') : ways(of, what !== 'true');
  const subject = bare(of);
  if (subject.kind !== 'column') return [unsure];
  return [wished(subject.name, { presence: positive ? 'null' : 'not null' })];
}

/** Without casts, and without functions that keep what matters here. */
function bare(expression: Expression): Expression {
  if (expression.kind === 'cast') return bare(expression.of);
  return expression;
}

const turned: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=', '=': '=', '<>': '<>' };
const opposite: Readonly<Record<string, string>> = {
  '<': '>=',
  '>': '<=',
  '<=': '>',
  '>=': '<',
  '=': '<>',
  '<>': '=',
  '~': '!~',
  '!~': '~',
  '~~': '!~~',
  '!~~': '~~',
  '~*': '!~*',
  '!~*': '~*',
  '~~*': '!~~*',
  '!~~*': '~~*',
};

function operatorWays(expression: Extract<Expression, { kind: 'operator' }>, truth: boolean): readonly Way[] {
  const operator = truth ? expression.operator : opposite[expression.operator];
  if (operator === undefined) return [unsure];
  const { left, right } = expression;
  // `(a IS NULL) = (b IS NULL)`: both or neither.
  if ((operator === '=' || operator === '<>') && isCondition(left) && isCondition(right)) {
    const same = operator === '=';
    return [...combined(ways(left, false), ways(right, !same)), ...combined(ways(left, true), ways(right, same))].sort(
      (one, other) => Number(asksNull(one)) - Number(asksNull(other)),
    );
  }
  const counted = countedWays(operator, left, right) ?? (turned[operator] ? countedWays(turned[operator] ?? '', right, left) : undefined);
  if (counted) return counted;
  const [one, other] = [subjectOf(left), subjectOf(right)];
  if (one && other) return one.of === 'value' && other.of === 'value' ? relationWays(operator, one.column, other.column) : [unsure];
  if (one) return subjectWays(one, operator, right);
  const mirrored = turned[operator];
  if (other && mirrored) return subjectWays(other, mirrored, left);
  return [unsure];
}

function isCondition(expression: Expression): boolean {
  if (expression.kind === 'cast') return isCondition(expression.of);
  return (
    expression.kind === 'is' ||
    expression.kind === 'not' ||
    expression.kind === 'and' ||
    expression.kind === 'or' ||
    (expression.kind === 'operator' && expression.operator in opposite)
  );
}

function relationWays(operator: string, left: string, right: string): readonly Way[] {
  if (left === right) return [operator.includes('=') && operator !== '<>' ? anyWay : unsure];
  const related = (lesser: string, greater: string, how: Relation['how']): readonly Way[] => [
    {
      wishes: new Map([
        [lesser, { presence: 'not null' }],
        [greater, { presence: 'not null' }],
      ]),
      relations: [{ lesser, greater, how }],
      unsure: false,
    },
  ];
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

/** What a comparison speaks of: a column's value, or something measured of it. */
interface Subject {
  readonly column: string;
  readonly of: 'value' | 'length' | 'lower' | 'upper' | 'json' | { readonly remainder: number };
}

function subjectOf(expression: Expression): Subject | undefined {
  const plain = bare(expression);
  if (plain.kind === 'column') return { column: plain.name, of: 'value' };
  if (plain.kind === 'operator' && plain.operator === '%') {
    const [of, by] = [subjectOf(plain.left), numberOf(plain.right)];
    return of?.of === 'value' && by !== undefined ? { column: of.column, of: { remainder: by } } : undefined;
  }
  if (plain.kind !== 'call') return undefined;
  const [first, second] = plain.arguments;
  const inner = first && subjectOf(first);
  if (!inner || inner.of === 'json') return undefined;
  switch (plain.name) {
    case 'length':
    case 'char_length':
    case 'character_length':
    case 'octet_length':
    case 'cardinality':
    case 'array_length':
    case 'jsonb_array_length':
      return { column: inner.column, of: 'length' };
    case 'lower':
    case 'upper':
      return { column: inner.column, of: plain.name };
    case 'btrim':
    case 'trim':
    case 'ltrim':
    case 'rtrim':
    case 'coalesce':
    case 'abs':
    case 'normalize':
      return inner;
    case 'json_typeof':
    case 'jsonb_typeof':
      return { column: inner.column, of: 'json' };
    case 'mod': {
      const by = second && numberOf(second);
      return by !== undefined ? { column: inner.column, of: { remainder: by } } : undefined;
    }
    default:
      return undefined;
  }
}

function numberOf(expression: Expression): number | undefined {
  const plain = bare(expression);
  if (plain.kind !== 'literal') return undefined;
  if (plain.number !== undefined) return plain.number;
  // `'-1'::integer` is how PostgreSQL prints a negative number.
  return expression.kind === 'cast' && plain.value !== null && /^-?\d+(\.\d+)?$/.test(plain.value) ? Number(plain.value) : undefined;
}

function textOf(expression: Expression): string | undefined {
  const plain = bare(expression);
  return plain.kind === 'literal' && plain.value !== null ? plain.value : undefined;
}

function subjectWays({ column, of }: Subject, operator: string, other: Expression): readonly Way[] {
  const number = numberOf(other);
  const text = textOf(other);
  const said = (wish: Wish): readonly Way[] => [wished(column, { presence: 'not null', ...wish })];
  if (of === 'length') {
    if (number === undefined) return [unsure];
    switch (operator) {
      case '=':
        return said({ shortest: number, longest: number });
      case '<':
        return number < 1 ? [] : said({ longest: number - 1 });
      case '<=':
        return said({ longest: number });
      case '>':
        return said({ shortest: number + 1 });
      case '>=':
        return said({ shortest: number });
      case '<>':
        return said({ shortest: number + 1 });
      default:
        return [unsure];
    }
  }
  if (of === 'json')
    return operator === '=' && text !== undefined
      ? said({ json: text })
      : operator === '<>'
        ? said({ json: text === 'object' ? 'array' : 'object' })
        : [unsure];
  if (typeof of === 'object') return number === 0 && operator === '=' ? said({ multiple: of.remainder }) : [{ ...unsure }];
  if ((of === 'lower' || of === 'upper') && !['=', '~', '~~'].includes(operator)) return [unsure];
  const letters = of === 'lower' || of === 'upper' ? { letters: of } : {};
  const sql = writtenExpression(other);
  if (sql === undefined) return [unsure];
  const bound = (included: boolean): Bound => ({ sql, included, ...(number !== undefined && { number }) });
  switch (operator) {
    case '=':
      return said({ oneOf: [sql] });
    case '<>':
      // A value that differs from an empty text has a character.
      return said(text === '' ? { shortest: 1 } : { not: [sql] });
    case '<':
      return said({ high: bound(false) });
    case '<=':
      return said({ high: bound(true) });
    case '>':
      return said({ low: bound(false) });
    case '>=':
      return said({ low: bound(true) });
    case '~':
    case '~*':
      return text === undefined ? [unsure] : said({ regex: text, ...letters });
    case '~~':
    case '~~*':
      return text === undefined ? [unsure] : said({ like: text, ...letters });
    case '!~':
    case '!~*':
    case '!~~':
    case '!~~*':
      // Made-up values hardly ever look like what somebody forbade; an empty text, or one mark, hardly looks like what somebody asked for.
      return [{ ...wished(column, { presence: 'not null' }), unsure: true }, ...["''", "'?'", "'?x'"].flatMap((value) => said({ oneOf: [value] }))];
    default:
      return [unsure];
  }
}

function eachWays({ every, operator, left, right }: Extract<Expression, { kind: 'each' }>, truth: boolean): readonly Way[] {
  const wanted = truth ? operator : opposite[operator];
  const all = truth ? every : !every;
  const list = bare(right);
  const subject = subjectOf(left);
  if (list.kind !== 'array' || wanted === undefined) return [unsure];
  if (!subject) return all ? [unsure] : list.of.flatMap((value) => ways({ kind: 'operator', operator: wanted, left, right: value }, true)).slice(0, mostWays);
  if (!all && wanted === '=' && subject.of === 'value') {
    const values = list.of.map(writtenExpression);
    return values.every((value) => value !== undefined) ? [wished(subject.column, { oneOf: values, presence: 'not null' })] : [unsure];
  }
  const each = list.of.map((value) => ways({ kind: 'operator', operator: wanted, left, right: value }, true));
  return all ? each.reduce((found, next) => combined(found, next), [anyWay]) : each.flat().slice(0, mostWays);
}

/** `num_nonnulls(a, b, c) = 1`, `(a IS NOT NULL)::int + (b IS NOT NULL)::int = 1`: so many of some conditions hold. */
function countedWays(operator: string, left: Expression, right: Expression): readonly Way[] | undefined {
  const number = numberOf(right);
  const conditions = conditionsCounted(left);
  if (number === undefined || !conditions) return undefined;
  const fits = (count: number): boolean => {
    switch (operator) {
      case '=':
        return count === number;
      case '<>':
        return count !== number;
      case '<':
        return count < number;
      case '<=':
        return count <= number;
      case '>':
        return count > number;
      case '>=':
        return count >= number;
      default:
        return false;
    }
  };
  const found: Way[] = [];
  const size = Math.min(conditions.length, 8);
  for (let set = 0; set < 2 ** size && found.length < mostWays; set++) {
    const holds = conditions.map((_, place) => ((set >> place) & 1) === 1);
    if (!fits(holds.filter(Boolean).length)) continue;
    found.push(...conditions.reduce<readonly Way[]>((all, condition, place) => combined(all, ways(condition, holds[place] ?? false)), [anyWay]));
  }
  return found;
}

function conditionsCounted(expression: Expression): readonly Expression[] | undefined {
  if (expression.kind === 'call' && (expression.name === 'num_nonnulls' || expression.name === 'num_nulls'))
    return expression.arguments.map((of) => ({ kind: 'is', of, what: 'null', not: expression.name === 'num_nonnulls' }));
  if (expression.kind === 'operator' && expression.operator === '+') {
    const [left, right] = [conditionsCounted(expression.left), conditionsCounted(expression.right)];
    return left && right ? [...left, ...right] : undefined;
  }
  if (expression.kind === 'cast' && isCondition(expression.of)) return [expression.of];
  if (expression.kind === 'case' && expression.branches.length === 1) {
    const [[when, then] = []] = expression.branches;
    return when && then && numberOf(then) === 1 && (numberOf(expression.otherwise) ?? 0) === 0 ? [when] : undefined;
  }
  return undefined;
}
