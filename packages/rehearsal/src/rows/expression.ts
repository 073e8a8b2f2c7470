/** An SQL expression as far as rows need to understand it. What is not understood is `unknown`, with its text. */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'is'; readonly of: Expression; readonly what: 'null' | 'true' | 'false'; readonly not: boolean }
  | { readonly kind: 'operator'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  /** `left operator ANY (right)`, or ALL. */
  | { readonly kind: 'each'; readonly every: boolean; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'array'; readonly of: readonly Expression[] }
  | { readonly kind: 'literal'; readonly value: string | null; readonly number?: number }
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'cast'; readonly of: Expression; readonly type: string }
  | { readonly kind: 'case'; readonly branches: readonly (readonly [when: Expression, then: Expression])[]; readonly otherwise: Expression };

interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'operator' | 'mark' | 'end';
  readonly text: string;
}

/** Reads an expression as PostgreSQL prints it, or as an author usually writes it. Undefined where it holds a form that is not known here. */
export function readExpression(text: string): Expression | undefined {
  try {
    const reader = new Reader(tokens(text));
    const read = reader.or();
    return reader.ended() ? read : undefined;
  } catch (thrown) {
    if (thrown instanceof Unread) return undefined;
    throw thrown;
  }
}

class Unread extends Error {}

const token =
  /\s+|([eE]?'(?:[^']|'')*')|"((?:[^"]|"")*)"|(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(::|[()[\],.:])|([+\-*/<>=~!@#%^&|`?]+)/y;

function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (!match) throw new Unread(text);
    const [, string, quoted, number, word, mark, operator] = match;
    if (string !== undefined) found.push({ kind: 'string', text: stringValue(string) });
    else if (quoted !== undefined) found.push({ kind: 'quoted', text: quoted.replaceAll('""', '"') });
    else if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (word !== undefined) found.push({ kind: 'word', text: word.toLowerCase() });
    else if (mark !== undefined) found.push({ kind: 'mark', text: mark });
    else if (operator !== undefined) found.push(...operators(operator));
  }
  found.push({ kind: 'end', text: '' });
  return found;
}

function stringValue(written: string): string {
  const escaped = !written.startsWith("'");
  const value = written.slice(escaped ? 2 : 1, -1).replaceAll("''", "'");
  return escaped ? value.replaceAll(/\\(.)/g, (_, after: string) => ({ n: '\n', t: '\t', r: '\r' })[after] ?? after) : value;
}

/** `=-1` is two operators. */
function operators(written: string): readonly Token[] {
  const match = /^(.+?)(-)$/.exec(written);
  const [, before, sign] = match && !/[~!@#%^&|`?]/.test(written) ? match : [];
  return (before !== undefined && sign !== undefined ? [before, sign] : [written]).map((text) => ({ kind: 'operator', text }));
}

const comparisons: ReadonlySet<string> = new Set(['=', '<>', '!=', '<', '>', '<=', '>=']);
const valueWords: ReadonlySet<string> = new Set([
  'current_date',
  'current_timestamp',
  'localtimestamp',
  'current_time',
  'localtime',
  'current_user',
  'session_user',
]);
// Deeper nesting than any author writes; without a limit, a hostile expression would end the process.
const deepest = 200;

class Reader {
  private place = 0;
  private depth = 0;

  constructor(private readonly all: readonly Token[]) {}

  ended(): boolean {
    return this.next.kind === 'end';
  }

  private get next(): Token {
    return this.all[this.place] ?? { kind: 'end', text: '' };
  }

  private is(text: string, ahead = 0): boolean {
    const found = this.all[this.place + ahead];
    return found !== undefined && found.kind !== 'string' && found.kind !== 'quoted' && found.text === text;
  }

  private take(...texts: readonly string[]): boolean {
    if (!texts.every((text, ahead) => this.is(text, ahead))) return false;
    this.place += texts.length;
    return true;
  }

  private need(text: string): void {
    if (!this.take(text)) throw new Unread(text);
  }

  or(): Expression {
    this.depth += 1;
    if (this.depth > deepest) throw new Unread('too deep');
    const of = [this.and()];
    while (this.take('or')) of.push(this.and());
    this.depth -= 1;
    const [only] = of;
    return of.length === 1 && only ? only : { kind: 'or', of };
  }

  private and(): Expression {
    const of = [this.not()];
    while (this.take('and')) of.push(this.not());
    const [only] = of;
    return of.length === 1 && only ? only : { kind: 'and', of };
  }

  private not(): Expression {
    let turned = false;
    while (this.take('not')) turned = !turned;
    const of = this.tested();
    return turned ? { kind: 'not', of } : of;
  }

  private tested(): Expression {
    let of = this.compared();
    for (;;) {
      if (this.take('isnull')) of = { kind: 'is', of, what: 'null', not: false };
      else if (this.take('notnull')) of = { kind: 'is', of, what: 'null', not: true };
      else if (this.take('is')) {
        const not = this.take('not');
        if (this.take('distinct', 'from')) {
          const same: Expression = { kind: 'operator', operator: '=', left: of, right: this.operation(0) };
          of = not ? same : { kind: 'not', of: same };
        } else {
          const what = (['null', 'true', 'false'] as const).find((word) => this.take(word));
          if (!what) throw new Unread('is');
          of = { kind: 'is', of, what, not };
        }
      } else return of;
    }
  }

  private compared(): Expression {
    const left = this.matched();
    if (this.next.kind !== 'operator' || !comparisons.has(this.next.text)) return left;
    const operator = this.next.text === '!=' ? '<>' : this.next.text;
    this.place += 1;
    return this.each(operator, left) ?? { kind: 'operator', operator, left, right: this.matched() };
  }

  private each(operator: string, left: Expression): Expression | undefined {
    const every = this.is('all');
    if (!every && !this.is('any') && !this.is('some')) return undefined;
    this.place += 1;
    this.need('(');
    const right = this.or();
    this.need(')');
    return { kind: 'each', every, operator, left, right };
  }

  private matched(): Expression {
    const left = this.operation(0);
    const not = this.is('not') && ['in', 'like', 'ilike', 'between', 'similar'].some((word) => this.is(word, 1)) && this.take('not');
    const said = (of: Expression): Expression => (not ? { kind: 'not', of } : of);
    if (this.take('in')) {
      this.need('(');
      const of = this.list(')');
      return said({ kind: 'each', every: false, operator: '=', left, right: { kind: 'array', of } });
    }
    if (this.take('between')) {
      this.take('symmetric');
      const low = this.operation(0);
      this.need('and');
      const high = this.operation(0);
      return said({
        kind: 'and',
        of: [
          { kind: 'operator', operator: '>=', left, right: low },
          { kind: 'operator', operator: '<=', left, right: high },
        ],
      });
    }
    if (this.take('like')) return said({ kind: 'operator', operator: '~~', left, right: this.operation(0) });
    if (this.take('ilike')) return said({ kind: 'operator', operator: '~~*', left, right: this.operation(0) });
    return left;
  }

  /** Operators by how tightly they bind: others than arithmetic, then `+ -`, then `* / %`, then `^`. */
  private operation(level: number): Expression {
    if (level === 4) return this.signed();
    let left = this.operation(level + 1);
    for (;;) {
      const { kind, text } = this.next;
      if (kind !== 'operator' || comparisons.has(text)) return left;
      const binds = text === '^' ? 3 : text === '*' || text === '/' || text === '%' ? 2 : text === '+' || text === '-' ? 1 : 0;
      if (binds !== level) return left;
      this.place += 1;
      left = this.each(text, left) ?? { kind: 'operator', operator: text, left, right: this.operation(level + 1) };
    }
  }

  private signed(): Expression {
    if (this.take('-')) {
      const of = this.signed();
      if (of.kind === 'literal' && of.number !== undefined) return { kind: 'literal', value: `-${of.value}`, number: -of.number };
      if (of.kind === 'cast' && of.of.kind === 'literal' && of.of.number !== undefined)
        return { ...of, of: { kind: 'literal', value: `-${of.of.value}`, number: -of.of.number } };
      return { kind: 'operator', operator: '-', left: { kind: 'literal', value: '0', number: 0 }, right: of };
    }
    this.take('+');
    return this.suffixed(this.primary());
  }

  private suffixed(start: Expression): Expression {
    let of = start;
    for (;;) {
      if (this.take('::')) of = { kind: 'cast', of, type: this.type() };
      else if (this.take('[')) {
        const place = this.or();
        this.need(']');
        of = { kind: 'call', name: 'subscript', arguments: [of, place] };
      } else if (this.take('collate')) {
        this.place += 1;
        while (this.take('.')) this.place += 1;
      } else if (this.take('at', 'time', 'zone')) of = { kind: 'call', name: 'timezone', arguments: [this.primary(), of] };
      else return of;
    }
  }

  private type(): string {
    let name = this.name();
    for (const more of ['varying', 'precision']) if (this.take(more)) name += ` ${more}`;
    if (this.take('(')) name += `(${this.until(')')})`;
    for (const zone of ['with', 'without']) if (this.take(zone, 'time', 'zone')) name += ` ${zone} time zone`;
    while (this.take('[')) name += `[${this.until(']')}]`;
    return name;
  }

  private until(mark: string): string {
    let text = '';
    while (!this.take(mark)) {
      if (this.ended()) throw new Unread(mark);
      text += this.next.text;
      this.place += 1;
    }
    return text;
  }

  private name(): string {
    const { kind, text } = this.next;
    if (kind !== 'word' && kind !== 'quoted') throw new Unread(text);
    this.place += 1;
    return this.take('.') ? this.name() : text;
  }

  private list(end: string): readonly Expression[] {
    const of: Expression[] = [];
    if (this.take(end)) return of;
    do of.push(this.or());
    while (this.take(','));
    this.need(end);
    return of;
  }

  private primary(): Expression {
    const { kind, text } = this.next;
    if (this.take('(')) {
      const of = this.or();
      if (this.is(',')) throw new Unread('row');
      this.need(')');
      return of;
    }
    if (kind === 'string') {
      this.place += 1;
      return { kind: 'literal', value: text };
    }
    if (kind === 'number') {
      this.place += 1;
      return { kind: 'literal', value: text, number: Number(text) };
    }
    if (kind === 'word') {
      if (text === 'null' || text === 'true' || text === 'false') {
        this.place += 1;
        return { kind: 'literal', value: text === 'null' ? null : text };
      }
      if (this.take('array', '[')) return { kind: 'array', of: this.list(']') };
      if (this.take('case')) return this.branches();
      if (text === 'select' || text === 'exists' || text === 'row') throw new Unread(text);
      if (valueWords.has(text)) {
        this.place += 1;
        return { kind: 'call', name: text, arguments: [] };
      }
      if (this.take('cast', '(')) {
        const of = this.or();
        this.need('as');
        const type = this.type();
        this.need(')');
        return { kind: 'cast', of, type };
      }
      if (this.take('extract', '(')) {
        const field = this.name();
        this.need('from');
        const of = this.or();
        this.need(')');
        return { kind: 'call', name: 'extract', arguments: [{ kind: 'literal', value: field }, of] };
      }
      // A typed literal: `date '2026-01-01'`.
      if (this.all[this.place + 1]?.kind === 'string') {
        const type = this.name();
        return { kind: 'cast', of: this.primary(), type };
      }
    }
    const name = this.name();
    if (!this.take('(')) return { kind: 'column', name };
    return { kind: 'call', name: name.toLowerCase(), arguments: this.list(')') };
  }

  private branches(): Expression {
    const branches: [Expression, Expression][] = [];
    const subject = this.is('when') ? undefined : this.or();
    while (this.take('when')) {
      const tested = this.or();
      this.need('then');
      branches.push([subject ? { kind: 'operator', operator: '=', left: subject, right: tested } : tested, this.or()]);
    }
    const otherwise: Expression = this.take('else') ? this.or() : { kind: 'literal', value: null };
    this.need('end');
    return { kind: 'case', branches, otherwise };
  }
}
