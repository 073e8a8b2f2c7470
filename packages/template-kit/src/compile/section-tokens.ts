import type { Issue } from '@planwright/spec';
import { Eta } from 'eta';
import type { SectionSource } from '../read/template-source.js';
import { type Place, placeAfter } from './place.js';

/** A section, taken apart. `line` counts from the top of the file. */
export type Token =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'run'; readonly code: string; readonly line: number }
  | { readonly type: 'print'; readonly code: string; readonly line: number; readonly place: Place }
  | { readonly type: 'open fence'; readonly language: string; readonly indent: string }
  | { readonly type: 'close fence' };

// Without `debug` tags have no lines.
const eta = new Eta({ autoEscape: true, autoTrim: false, useWith: false, debug: true });
// Stands on a line for a value, whose text is not known.
const value = '\u0001';

/** Takes a section apart, and finds the place of each value. */
export function tokensOf(source: SectionSource): { readonly tokens: readonly Token[]; readonly issues: readonly Issue[] } {
  const tokens: Token[] = [];
  const issues: Issue[] = [];
  const reader = new LineReader(tokens);
  let parsed: ReturnType<Eta['parse']>;
  try {
    parsed = eta.parse(source.body);
  } catch (error) {
    return { tokens: [], issues: [syntaxIssue(source, error)] };
  }
  for (const part of parsed) {
    if (typeof part === 'string') reader.text(unescaped(part));
    else {
      const line = (part.lineNo ?? 1) + source.offset;
      if (part.t === 'r')
        issues.push({
          code: 'raw-output',
          message: 'raw output `<%~ %>` prints a value unescaped',
          file: source.file,
          line,
          hint: 'Use `<%= %>`: what is Markdown already passes as it is.',
        });
      else if (part.t === 'i') {
        const place = reader.value();
        if (typeof place === 'string') tokens.push({ type: 'print', code: part.val, line, place });
        else issues.push({ code: 'misplaced-value', message: place.message, file: source.file, line, hint: place.hint });
      } else tokens.push({ type: 'run', code: part.val, line });
    }
  }
  if (reader.fence !== undefined)
    issues.push({ code: 'open-fence', message: 'a fenced block has no end', file: source.file, line: source.offset + source.body.split('\n').length });
  return { tokens: merged(tokens), issues };
}

/** Follows the lines of the literal text, to know on what line a value stands. */
class LineReader {
  fence: { readonly mark: string; readonly language: string } | undefined;
  private line = '';
  private readonly tokens: Token[];

  constructor(tokens: Token[]) {
    this.tokens = tokens;
  }

  text(text: string): void {
    for (const piece of text.split(/(?<=\n)/)) {
      const whole = this.line + piece;
      const fenceLine = piece.endsWith('\n') ? /^( *)(`{3,})([^`\n\u0001]*)\n$/.exec(whole) : null;
      // A fence is taken out of the text only when all of its line stands in one piece.
      if (fenceLine !== null && this.line === '' && this.fence === undefined) {
        this.fence = { mark: fenceLine[2] ?? '', language: (fenceLine[3] ?? '').trim() };
        this.tokens.push({ type: 'open fence', language: this.fence.language, indent: fenceLine[1] ?? '' });
      } else if (this.fence !== undefined && whole.trim() === this.fence.mark && this.line === '') {
        this.fence = undefined;
        this.tokens.push({ type: 'close fence' });
        if (piece.endsWith('\n')) this.tokens.push({ type: 'text', text: '\n' });
      } else this.tokens.push({ type: 'text', text: piece });
      this.line = piece.endsWith('\n') ? '' : whole;
    }
  }

  value(): ReturnType<typeof placeAfter> {
    const prefix = this.line;
    this.line += value;
    if (this.fence !== undefined) return this.fence.language === 'mermaid' ? '$mermaid' : '$fence';
    return placeAfter(prefix);
  }
}

// Neighbouring texts become one; a fence that holds nothing but text is text.
function merged(tokens: readonly Token[]): readonly Token[] {
  const result: Token[] = [];
  for (const token of tokens) {
    const last = result.at(-1);
    if (token.type === 'text' && last?.type === 'text') result[result.length - 1] = { type: 'text', text: last.text + token.text };
    else result.push(token);
  }
  return result;
}

// Eta gives literal text as the inside of a JavaScript string in single quotes.
function unescaped(text: string): string {
  return text.replace(/\\(n|r|.)/gs, (_, character: string) => (character === 'n' ? '\n' : character === 'r' ? '\r' : character));
}

function syntaxIssue(source: SectionSource, error: unknown): Issue {
  const message = error instanceof Error ? error.message : String(error);
  const at = /at line (\d+) col (\d+)/.exec(message);
  return {
    code: 'template-syntax',
    message: message.split('\n')[0]?.replace(/ at line.*$/, '') ?? message,
    file: source.file,
    line: Number(at?.[1] ?? 1) + source.offset,
    ...(at !== null && { column: Number(at[2]) }),
  };
}
