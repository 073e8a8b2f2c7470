import { readToken } from './split.js';

/**
 * Depth that the grammar's stack surely holds, where an operator of a chain weighs 1 and a subquery or parenthesis `levelWeight`.
 * Its own limit is a few times more, and passing it would leave the grammar unusable.
 */
const deepest = 2400;
const levelWeight = 3;

/** Words that begin an operand of their own, however many stand side by side. */
const flat = /^(?:and|or|when|then|else|select|from|on|where|set|values)$/i;
/** Words that put all before or after them one level deeper. */
const deepening = /^(?:union|intersect|except|join|not|case)$/i;

const operator = /[-+*/<>=~!@#%^&|`?:]/;

/** What each ASCII character can add to the depth. */
const weights = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (character === '(' || character === '[') return levelWeight;
  return operator.test(character) ? 1 : 0;
});

/** As `tooDeep`, for a script of any number of statements and without reading its tokens: whether all that could nest is too little for it. */
export function surelyShallow(text: string): boolean {
  if (text.length <= deepest / levelWeight) return true;
  let weight = 0;
  for (let at = 0; at < text.length; at++) weight += weights[text.charCodeAt(at)] ?? 0;
  // Words that go one level deeper have three letters at least, and stand apart.
  if (weight + (text.length / 4) * levelWeight <= deepest) return true;
  for (const _ of text.matchAll(/\b(?:union|intersect|except|join|not|case)\b/gi)) weight += levelWeight;
  return weight <= deepest;
}

/** Whether a statement nests deeper than the grammar can bear: parentheses, and long chains such as `a || b || …`. Short statements cannot. */
export function tooDeep(sql: string): boolean {
  if (sql.length <= deepest / levelWeight) return false;
  // For each open parenthesis, how deep its chains were when it opened.
  const outer: number[] = [];
  let operators = 0;
  let levels = 0;
  for (let at = 0; at < sql.length; ) {
    const { kind, end } = readToken(sql, at);
    const first = sql[at] ?? '';
    if (kind === 'symbol') {
      if (first === '(' || first === '[') outer.push(operators, levels++);
      else if (first === ')' || first === ']') {
        levels = outer.pop() ?? 0;
        operators = outer.pop() ?? 0;
      } else if (first === ',') {
        operators = outer.at(-2) ?? 0;
        levels = outer.length > 0 ? (outer.at(-1) ?? 0) + 1 : 0;
      } else if (operator.test(first) && !operator.test(sql[at - 1] ?? '')) operators++;
    } else if (kind === 'word' && end - at < 10) {
      const word = sql.slice(at, end);
      if (flat.test(word)) operators = outer.at(-2) ?? 0;
      else if (deepening.test(word)) levels++;
    }
    if (operators + levels * levelWeight > deepest) return true;
    at = end;
  }
  return false;
}
