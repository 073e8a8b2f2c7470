import type { Expression } from '../expression.js';
import type { Cursor } from './cursor.js';
import { Unread } from './tokens.js';

const valueWords: ReadonlySet<string> = new Set([
  'current_date',
  'current_timestamp',
  'localtimestamp',
  'current_time',
  'localtime',
  'current_user',
  'session_user',
]);

/** Reads what stands between operators. */
export class Operands {
  constructor(
    private readonly at: Cursor,
    /** Reads a whole expression, which stands in brackets or between words. */
    private readonly whole: () => Expression,
  ) {}

  /** With its sign and all that follows it: casts, subscripts, collations. */
  read(): Expression {
    const { at } = this;
    if (at.take('-')) return negative(this.read());
    at.take('+');
    let of = this.#primary();
    for (;;) {
      if (at.take('::')) of = { kind: 'cast', of, type: at.type() };
      else if (at.take('[')) {
        const place = this.whole();
        at.need(']');
        of = { kind: 'call', name: 'subscript', arguments: [of, place] };
      } else if (at.take('collate')) {
        at.skip();
        while (at.take('.')) at.skip();
      } else if (at.take('at', 'time', 'zone')) of = { kind: 'call', name: 'timezone', arguments: [this.#primary(), of] };
      else return of;
    }
  }

  /** What commas part, to the mark that ends it. */
  list(end: string): readonly Expression[] {
    const of: Expression[] = [];
    if (this.at.take(end)) return of;
    do of.push(this.whole());
    while (this.at.take(','));
    this.at.need(end);
    return of;
  }

  #primary(): Expression {
    const { at } = this;
    const { kind, text } = at.next;
    if (at.take('(')) {
      const of = this.whole();
      if (at.is(',')) throw new Unread('row');
      at.need(')');
      return of;
    }
    if (kind === 'string' || kind === 'number') {
      at.skip();
      return { kind: 'literal', value: text, ...(kind === 'number' && { number: Number(text) }) };
    }
    const special = kind === 'word' ? this.#word(text) : undefined;
    if (special) return special;
    const name = at.name();
    if (!at.take('(')) return { kind: 'column', name };
    return { kind: 'call', name: name.toLowerCase(), arguments: this.list(')') };
  }

  /** A word that is neither a column nor a function; undefined where it is. */
  #word(text: string): Expression | undefined {
    const { at } = this;
    if (text === 'null' || text === 'true' || text === 'false') {
      at.skip();
      return { kind: 'literal', value: text === 'null' ? null : text };
    }
    if (at.take('array', '[')) return { kind: 'array', of: this.list(']') };
    if (at.take('case')) return this.#branches();
    if (text === 'select' || text === 'exists' || text === 'row') throw new Unread(text);
    if (valueWords.has(text)) {
      at.skip();
      return { kind: 'call', name: text, arguments: [] };
    }
    if (at.take('cast', '(')) {
      const of = this.whole();
      at.need('as');
      const type = at.type();
      at.need(')');
      return { kind: 'cast', of, type };
    }
    if (at.take('extract', '(')) {
      const field = at.name();
      at.need('from');
      const of = this.whole();
      at.need(')');
      return { kind: 'call', name: 'extract', arguments: [{ kind: 'literal', value: field }, of] };
    }
    if (at.after(1).kind !== 'string') return undefined;
    // A typed literal: `date '2026-01-01'`.
    const type = at.name();
    return { kind: 'cast', of: this.#primary(), type };
  }

  #branches(): Expression {
    const { at } = this;
    const branches: [Expression, Expression][] = [];
    const subject = at.is('when') ? undefined : this.whole();
    while (at.take('when')) {
      const tested = this.whole();
      at.need('then');
      branches.push([subject ? { kind: 'operator', operator: '=', left: subject, right: tested } : tested, this.whole()]);
    }
    const otherwise: Expression = at.take('else') ? this.whole() : { kind: 'literal', value: null };
    at.need('end');
    return { kind: 'case', branches, otherwise };
  }
}

function negative(of: Expression): Expression {
  if (of.kind === 'literal' && of.number !== undefined) return { kind: 'literal', value: `-${of.value}`, number: -of.number };
  if (of.kind === 'cast' && of.of.kind === 'literal' && of.of.number !== undefined) return { ...of, of: negative(of.of) };
  return { kind: 'operator', operator: '-', left: { kind: 'literal', value: '0', number: 0 }, right: of };
}
