import type { Node } from '@pgsql/types';
import { readToken } from './split.js';

interface SignificantToken {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Reaches of an expression that the caller knows. */
export interface ExpressionReach {
  /** The statement that holds it, as offsets into the text. */
  readonly within: { readonly start: number; readonly end: number };
  /** Offset of what follows it, where the tree tells: the next constraint of a column, say. */
  readonly before?: number;
}

/**
 * The source of an expression, given its node with the locations that `parse` made. The grammar keeps where parts begin and
 * not where they end, so the end is the first comma, closing parenthesis or semicolon that is not the expression's own, or `before`.
 * Parentheses around it are included; comments inside become a space. Nothing when the tree has no location.
 */
export function expressionSource(text: string, node: object, reach: ExpressionReach): string | undefined {
  const { first, last } = locationsOf(node);
  if (first < 0) return undefined;
  const tokens = tokensFrom(text, reach.within.start, reach.within.end);
  const limit = Math.min(reach.before ?? reach.within.end, reach.within.end);
  let from = firstEndingAfter(tokens.until(first), first);
  let to = from;
  let depth = 0;
  for (; ; to++) {
    const token = tokens.at(to);
    if (!token || token.start >= limit) break;
    if (token.text === '(' || token.text === '[') depth++;
    else if (token.text === ')' || token.text === ']') {
      // A parenthesis opened before the first location: `(a + b) * c` begins one token before `a`. What goes on behind it opened a group: `USING (a || b)::kind`.
      if (depth > 0) depth--;
      else if (token.text === ')' && tokens.at(from - 1)?.text === '(' && (last > token.start || !followsName(tokens.read, from - 1))) from--;
      else break;
    } else if (depth === 0 && token.start > last && (token.text === ',' || token.text === ';')) break;
  }
  const found = tokens.read.slice(from, to);
  return found.length === 0 ? undefined : joined(text, found);
}

/** The source of an index's expression, given its node: a call, or what stands in parentheses, without the operator class and order after it. */
export function indexExpressionSource(text: string, node: Node, within: ExpressionReach['within']): string | undefined {
  const locations = locationsOf(node);
  if (locations.first < 0) return undefined;
  const tokens = tokensOf(text, within.start, within.end);
  const first = firstEndingAfter(tokens, locations.first);
  if (first >= tokens.length) return undefined;
  // Between a function's name and its parenthesis stand only the parts of a qualified name.
  const after = tokens.findIndex((token, index) => index > first && !/^[\w"$.\u0080-\uffff]/.test(token.text));
  const open = tokens[after]?.text === '(' ? after : -1;
  const close = closing(tokens, open);
  // `lower(email)`: nothing of the expression stands after the parenthesis that ends the call.
  const isCall = open > 0 && (tokens[close]?.end ?? 0) > locations.last && !('A_Indirection' in node);
  if (isCall) return joined(text, tokens.slice(first, close + 1));
  const group = tokens[first]?.text === '(' ? first : first - 1;
  return tokens[group]?.text === '(' ? joined(text, tokens.slice(group, closing(tokens, group) + 1)) : undefined;
}

/** The source between the first parenthesis at or after an offset and the one that closes it: the condition of a CHECK, given the constraint's location. */
export function parenthesizedSource(text: string, at: number, within: ExpressionReach['within']): string | undefined {
  const inside: SignificantToken[] = [];
  let depth = 0;
  // Only up to the end of the group: a statement may hold thousands of them.
  for (let start = at; start < within.end; ) {
    const { kind, end } = readToken(text, start);
    if (kind !== 'space' && kind !== 'comment') {
      const token = { text: text.slice(start, end), start, end };
      if (token.text === ')' && depth > 0 && --depth === 0) return joined(text, inside);
      if (depth > 0) inside.push(token);
      if (token.text === '(') depth++;
    }
    start = end;
  }
  return undefined;
}

/** The source behind a keyword that stands in no parentheses, up to one of those that open the next clause: `orders o` behind FROM. Nothing without the keyword. */
export function clauseSource(text: string, keyword: string, next: readonly string[], within: ExpressionReach['within']): string | undefined {
  const tokens = tokensOf(text, within.start, within.end);
  let depth = 0;
  let start = -1;
  for (const [index, token] of tokens.entries()) {
    if (token.text === '(') depth++;
    else if (token.text === ')') depth--;
    else if (depth > 0) continue;
    else if (start < 0) {
      // IS DISTINCT FROM opens no clause.
      if (isWord(token, keyword) && !isWord(tokens[index - 1], 'distinct')) start = index + 1;
    } else if (token.text === ';' || next.some((word) => isWord(token, word))) return joined(text, tokens.slice(start, index));
  }
  return start < 0 ? undefined : joined(text, tokens.slice(start));
}

function isWord(token: SignificantToken | undefined, word: string): boolean {
  return token?.text.toLowerCase() === word;
}

/** The index of the parenthesis that closes the one at `open`, or -1. */
function closing(tokens: readonly SignificantToken[], open: number): number {
  let depth = 0;
  for (let index = open; index >= 0 && index < tokens.length; index++) {
    const token = tokens[index]?.text;
    if (token === '(') depth++;
    else if (token === ')' && --depth === 0) return index;
  }
  return -1;
}

/** The parenthesis at this index opens the arguments of a call or the condition of a CHECK, and not a group. */
function followsName(tokens: readonly SignificantToken[], index: number): boolean {
  return /^(?:check|using|as|when)$/i.test(tokens[index - 1]?.text ?? '');
}

/** The lowest and the highest location in a tree; -1 where it has none. */
function locationsOf(node: object): { first: number; last: number } {
  const found = { first: -1, last: -1 };
  widen(node, found);
  return found;
}

function widen(node: object, found: { first: number; last: number }): void {
  // The tree is plain JSON: objects, arrays, texts, numbers, booleans.
  const fields = node as Readonly<Record<string, unknown>>;
  for (const key in fields) {
    const value = fields[key];
    if (typeof value === 'object' && value !== null) widen(value, found);
    else if (typeof value === 'number' && value >= 0 && key === 'location') {
      if (found.first < 0 || value < found.first) found.first = value;
      if (value > found.last) found.last = value;
    }
  }
}

/** The index of the first token that ends after an offset, or the number of tokens. */
function firstEndingAfter(tokens: readonly SignificantToken[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The tokens of a stretch of text that are no space and no comment, read as far as somebody has looked: behind an expression a long statement may go on. */
class Tokens {
  readonly read: SignificantToken[] = [];
  #at: number;

  constructor(
    readonly text: string,
    readonly from: number,
    readonly to: number,
  ) {
    this.#at = from;
  }

  at(index: number): SignificantToken | undefined {
    while (this.read.length <= index && this.#at < this.to) this.#readOne();
    return this.read[index];
  }

  /** All that begin at an offset or before, and perhaps some behind it. */
  until(offset: number): readonly SignificantToken[] {
    while (this.#at <= offset && this.#at < this.to) this.#readOne();
    return this.read;
  }

  #readOne(): void {
    const start = this.#at;
    const { kind, end } = readToken(this.text, start);
    if (kind !== 'space' && kind !== 'comment') this.read.push({ text: this.text.slice(start, end), start, end });
    this.#at = end;
  }
}

/** A statement's expressions are asked for one after the other: its tokens are kept until those of another are wanted. */
let lastRead: Tokens | undefined;

function tokensFrom(text: string, from: number, to: number): Tokens {
  if (!lastRead || lastRead.from !== from || lastRead.to !== to || lastRead.text !== text) lastRead = new Tokens(text, from, to);
  return lastRead;
}

function tokensOf(text: string, from: number, to: number): readonly SignificantToken[] {
  return tokensFrom(text, from, to).until(to);
}

/** The slice itself, unless a comment stands in it, which could swallow what is written after. */
function joined(text: string, tokens: readonly SignificantToken[]): string {
  let source = '';
  let end = tokens[0]?.start ?? 0;
  for (const token of tokens) {
    const gap = text.slice(end, token.start);
    source += (/^\s*$/.test(gap) ? gap : ' ') + token.text;
    end = token.end;
  }
  return source;
}
