import type { Expression } from '../expression.js';
import { type Bound, unsure, type Way, type Wish, wished } from '../wish.js';
import { writtenExpression } from '../written-expression.js';
import { numberOf, textOf } from './known-value.js';
import type { Subject } from './subject.js';

/** What is said of the subject's column, beside that it has a value. */
type Say = (wish: Wish) => readonly Way[];

/** Ways in which a subject compares so with something else; none where it cannot. */
export function subjectWays({ column, of }: Subject, operator: string, other: Expression): readonly Way[] {
  const say: Say = (wish) => [wished(column, { presence: 'not null', ...wish })];
  if (of === 'length') return lengthWays(operator, numberOf(other), say);
  if (of === 'json') return jsonWays(operator, textOf(other), say);
  if (typeof of === 'object') return numberOf(other) === 0 && operator === '=' ? say({ multiple: of.remainder }) : [unsure];
  if (of === 'value') return valueWays(operator, other, {}, say);
  return ['=', '~', '~~'].includes(operator) ? valueWays(operator, other, { letters: of }, say) : [unsure];
}

function lengthWays(operator: string, number: number | undefined, say: Say): readonly Way[] {
  if (number === undefined) return [unsure];
  switch (operator) {
    case '=':
      return say({ shortest: number, longest: number });
    case '<':
      return number < 1 ? [] : say({ longest: number - 1 });
    case '<=':
      return say({ longest: number });
    case '>':
      return say({ shortest: number + 1 });
    case '>=':
      return say({ shortest: number });
    case '<>':
      return say({ shortest: number + 1 });
    default:
      return [unsure];
  }
}

function jsonWays(operator: string, kind: string | undefined, say: Say): readonly Way[] {
  if (operator === '=' && kind !== undefined) return say({ json: kind });
  return operator === '<>' ? say({ json: kind === 'object' ? 'array' : 'object' }) : [unsure];
}

function valueWays(operator: string, other: Expression, letters: Pick<Wish, 'letters'>, say: Say): readonly Way[] {
  const [number, text, sql] = [numberOf(other), textOf(other), writtenExpression(other)];
  if (sql === undefined) return [unsure];
  const bound = (included: boolean): Bound => ({ sql, included, ...(number !== undefined && { number }) });
  switch (operator) {
    case '=':
      return say({ oneOf: [sql] });
    case '<>':
      // A value that differs from an empty text has a character.
      return say(text === '' ? { shortest: 1 } : { not: [sql] });
    case '<':
      return say({ high: bound(false) });
    case '<=':
      return say({ high: bound(true) });
    case '>':
      return say({ low: bound(false) });
    case '>=':
      return say({ low: bound(true) });
    case '~':
    case '~*':
      return text === undefined ? [unsure] : say({ regex: text, ...letters });
    case '~~':
    case '~~*':
      return text === undefined ? [unsure] : say({ like: text, ...letters });
    case '!~':
    case '!~*':
    case '!~~':
    case '!~~*':
      // Made-up values hardly ever look like what somebody forbade; an empty text, or one mark, hardly looks like what somebody asked for.
      return [...say({}).map((way) => ({ ...way, unsure: true })), ...["''", "'?'", "'?x'"].flatMap((value) => say({ oneOf: [value] }))];
    default:
      return [unsure];
  }
}
