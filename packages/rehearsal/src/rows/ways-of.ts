import type { Expression } from './expression.js';
import { readExpression } from './read-expression.js';
import { opposite, turned } from './ways-of/comparison.js';
import { type Counted, countedConditions, isCondition } from './ways-of/counted-conditions.js';
import { bare } from './ways-of/known-value.js';
import { relationWays } from './ways-of/relation-ways.js';
import { subjectOf } from './ways-of/subject.js';
import { subjectWays } from './ways-of/subject-ways.js';
import { anyWay, combined, mostWays, unsure, type Way, wished } from './wish.js';
import { writtenExpression } from './written-expression.js';

/** Ways to make a condition true (or false), the most natural first. In the check of a domain, its column is `value`. */
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
      return (expression.kind === 'and') === truth ? all(parts) : valuesFirst(parts.flat()).slice(0, mostWays);
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
    case 'case':
      return caseWays(expression, truth);
    default:
      return [unsure];
  }
}

/** All of them at once. */
function all(parts: readonly (readonly Way[])[]): readonly Way[] {
  return parts.reduce((found, part) => combined(found, part), [anyWay]);
}

/** `x IS NULL OR …` is better met by a value. */
function valuesFirst(found: readonly Way[]): readonly Way[] {
  const asksNull = (way: Way) => [...way.wishes.values()].some((wish) => wish.presence === 'null');
  return [...found].sort((one, other) => Number(asksNull(one)) - Number(asksNull(other)));
}

function isWays({ of, what, not }: Extract<Expression, { kind: 'is' }>, truth: boolean): readonly Way[] {
  const positive = not !== truth;
  if (what !== 'null') return positive ? ways(of, what === 'true') : ways(of, what !== 'true');
  const subject = bare(of);
  if (subject.kind !== 'column') return [unsure];
  return [wished(subject.name, { presence: positive ? 'null' : 'not null' })];
}

function operatorWays(expression: Extract<Expression, { kind: 'operator' }>, truth: boolean): readonly Way[] {
  const operator = truth ? expression.operator : opposite[expression.operator];
  if (operator === undefined) return [unsure];
  const { left, right } = expression;
  // `(a IS NULL) = (b IS NULL)`: both or neither.
  if ((operator === '=' || operator === '<>') && isCondition(left) && isCondition(right)) {
    const same = operator === '=';
    return valuesFirst([...combined(ways(left, false), ways(right, !same)), ...combined(ways(left, true), ways(right, same))]);
  }
  const mirrored = turned[operator];
  const counted = countedConditions(operator, left, right) ?? (mirrored ? countedConditions(mirrored, right, left) : undefined);
  if (counted) return countedWays(counted);
  const [one, other] = [subjectOf(left), subjectOf(right)];
  if (one && other) return one.of === 'value' && other.of === 'value' ? relationWays(operator, one.column, other.column) : [unsure];
  if (one) return subjectWays(one, operator, right);
  if (other && mirrored) return subjectWays(other, mirrored, left);
  return [unsure];
}

function countedWays({ conditions, holding }: Counted): readonly Way[] {
  const found: Way[] = [];
  for (const holds of holding) {
    if (found.length >= mostWays) break;
    found.push(...all(conditions.map((condition, place) => ways(condition, holds[place] ?? false))));
  }
  return found;
}

function eachWays({ every, operator, left, right }: Extract<Expression, { kind: 'each' }>, truth: boolean): readonly Way[] {
  const wanted = truth ? operator : opposite[operator];
  const whole = truth ? every : !every;
  const list = bare(right);
  const subject = subjectOf(left);
  if (list.kind !== 'array' || wanted === undefined) return [unsure];
  if (!whole && wanted === '=' && subject?.of === 'value') {
    const values = list.of.map(writtenExpression);
    return values.every((value) => value !== undefined) ? [wished(subject.column, { oneOf: values, presence: 'not null' })] : [unsure];
  }
  if (!subject && whole) return [unsure];
  const each = list.of.map((value) => ways({ kind: 'operator', operator: wanted, left, right: value }, true));
  return whole ? all(each) : each.flat().slice(0, mostWays);
}

/** The first branch that can be had: it holds, and none before it does. */
function caseWays({ branches, otherwise }: Extract<Expression, { kind: 'case' }>, truth: boolean): readonly Way[] {
  const found: Way[] = [];
  let before: readonly Way[] = [anyWay];
  for (const [when, then] of branches) {
    found.push(...combined(combined(before, ways(when, true)), ways(then, truth)));
    before = combined(before, ways(when, false));
  }
  found.push(...combined(before, ways(otherwise, truth)));
  return found.slice(0, mostWays);
}
