import { type Token, Unread } from './tokens.js';

const end: Token = { kind: 'end', text: '' };

/** A place in the tokens of an expression, which moves on with what is taken. */
export class Cursor {
  #place = 0;

  constructor(private readonly all: readonly Token[]) {}

  get next(): Token {
    return this.after(0);
  }

  /** The token so many behind the next. */
  after(ahead: number): Token {
    return this.all[this.#place + ahead] ?? end;
  }

  ended(): boolean {
    return this.next.kind === 'end';
  }

  /** Whether a word or a mark comes: what is quoted is neither. */
  is(text: string, ahead = 0): boolean {
    const { kind, text: found } = this.after(ahead);
    return kind !== 'string' && kind !== 'quoted' && found === text;
  }

  /** Goes over the next token, whatever it is. */
  skip(): void {
    this.#place += 1;
  }

  /** Goes over these, one after another, where they come, and says whether they did. */
  take(...texts: readonly string[]): boolean {
    if (!texts.every((text, ahead) => this.is(text, ahead))) return false;
    this.#place += texts.length;
    return true;
  }

  need(text: string): void {
    if (!this.take(text)) throw new Unread(text);
  }

  /** A name without its schema. */
  name(): string {
    const { kind, text } = this.next;
    if (kind !== 'word' && kind !== 'quoted') throw new Unread(text);
    this.skip();
    return this.take('.') ? this.name() : text;
  }

  type(): string {
    let name = this.name();
    for (const more of ['varying', 'precision']) if (this.take(more)) name += ` ${more}`;
    if (this.take('(')) name += `(${this.#until(')')})`;
    for (const zone of ['with', 'without']) if (this.take(zone, 'time', 'zone')) name += ` ${zone} time zone`;
    while (this.take('[')) name += `[${this.#until(']')}]`;
    return name;
  }

  #until(mark: string): string {
    let text = '';
    while (!this.take(mark)) {
      if (this.ended()) throw new Unread(mark);
      text += this.next.text;
      this.skip();
    }
    return text;
  }
}
