import type { Expression } from './expression.js';
import { Cursor } from './read-expression/cursor.js';
import { Operands } from './read-expression/operands.js';
import { tokens, Unread } from './read-expression/tokens.js';

/** Reads an expression as PostgreSQL prints it, or as an author usually writes it. Undefined where it holds a form that is not known here. */
export function readExpression(text: string): Expression | undefined {
  try {
    const cursor = new Cursor(tokens(text));
    const read = new Reader(cursor).or();
    return cursor.ended() ? read : undefined;
  } catch (thrown) {
    if (thrown instanceof Unread) return undefined;
    throw thrown;
  }
}

const comparisons: ReadonlySet<string> = new Set(['=', '<>', '!=', '<', '>', '<=', '>=']);
// Deeper nesting than any author writes; without a limit, a hostile expression would end the process.
const deepest = 200;

/** Reads operators, a method for each level of how tightly they bind. */
class Reader {
  readonly #operands: Operands;
  #depth = 0;

  constructor(private readonly at: Cursor) {
    this.#operands = new Operands(at, () => this.or());
  }

  or(): Expression {
    this.#depth += 1;
    if (this.#depth > deepest) throw new Unread('too deep');
    const of = [this.#and()];
    while (this.at.take('or')) of.push(this.#and());
    this.#depth -= 1;
    return joined('or', of);
  }

  #and(): Expression {
    const of = [this.#not()];
    while (this.at.take('and')) of.push(this.#not());
    return joined('and', of);
  }

  #not(): Expression {
    let turned = false;
    while (this.at.take('not')) turned = !turned;
    const of = this.#tested();
    return turned ? { kind: 'not', of } : of;
  }

  #tested(): Expression {
    const { at } = this;
    let of = this.#compared();
    for (;;) {
      if (at.take('isnull')) of = { kind: 'is', of, what: 'null', not: false };
      else if (at.take('notnull')) of = { kind: 'is', of, what: 'null', not: true };
      else if (at.take('is')) of = this.#is(of);
      else return of;
    }
  }

  #is(of: Expression): Expression {
    const { at } = this;
    const not = at.take('not');
    if (at.take('distinct', 'from')) {
      const same: Expression = { kind: 'operator', operator: '=', left: of, right: this.#operation(0) };
      return not ? same : { kind: 'not', of: same };
    }
    const what = (['null', 'true', 'false'] as const).find((word) => at.take(word));
    if (!what) throw new Unread('is');
    return { kind: 'is', of, what, not };
  }

  #compared(): Expression {
    const { at } = this;
    const left = this.#matched();
    if (at.next.kind !== 'operator' || !comparisons.has(at.next.text)) return left;
    const operator = at.next.text === '!=' ? '<>' : at.next.text;
    at.skip();
    return this.#each(operator, left) ?? { kind: 'operator', operator, left, right: this.#matched() };
  }

  #each(operator: string, left: Expression): Expression | undefined {
    const { at } = this;
    const every = at.is('all');
    if (!every && !at.is('any') && !at.is('some')) return undefined;
    at.skip();
    at.need('(');
    const right = this.or();
    at.need(')');
    return { kind: 'each', every, operator, left, right };
  }

  #matched(): Expression {
    const { at } = this;
    const left = this.#operation(0);
    const not = at.is('not') && ['in', 'like', 'ilike', 'between', 'similar'].some((word) => at.is(word, 1)) && at.take('not');
    const said = (of: Expression): Expression => (not ? { kind: 'not', of } : of);
    if (at.take('in')) {
      at.need('(');
      return said({ kind: 'each', every: false, operator: '=', left, right: { kind: 'array', of: this.#operands.list(')') } });
    }
    if (at.take('between')) {
      at.take('symmetric');
      const low = this.#operation(0);
      at.need('and');
      const high = this.#operation(0);
      return said({
        kind: 'and',
        of: [
          { kind: 'operator', operator: '>=', left, right: low },
          { kind: 'operator', operator: '<=', left, right: high },
        ],
      });
    }
    if (at.take('like')) return said({ kind: 'operator', operator: '~~', left, right: this.#operation(0) });
    if (at.take('ilike')) return said({ kind: 'operator', operator: '~~*', left, right: this.#operation(0) });
    return left;
  }

  /** Operators by how tightly they bind: others than arithmetic, then `+ -`, then `* / %`, then `^`. */
  #operation(level: number): Expression {
    if (level === 4) return this.#operands.read();
    let left = this.#operation(level + 1);
    for (;;) {
      const { kind, text } = this.at.next;
      if (kind !== 'operator' || comparisons.has(text)) return left;
      const binds = text === '^' ? 3 : text === '*' || text === '/' || text === '%' ? 2 : text === '+' || text === '-' ? 1 : 0;
      if (binds !== level) return left;
      this.at.skip();
      left = this.#each(text, left) ?? { kind: 'operator', operator: text, left, right: this.#operation(level + 1) };
    }
  }
}

/** Conditions that one word joins; one alone stands for itself. */
function joined(kind: 'and' | 'or', of: readonly Expression[]): Expression {
  const [only] = of;
  return of.length === 1 && only ? only : { kind, of };
}
