/** A word or a mark of an expression. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'operator' | 'mark' | 'end';
  readonly text: string;
}

/** Thrown where an expression holds a form that is not known here. */
export class Unread extends Error {}

const token =
  /\s+|([eE]?'(?:[^']|'')*')|"((?:[^"]|"")*)"|(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(::|[()[\],.:])|([+\-*/<>=~!@#%^&|`?]+)/y;

/** The tokens of a text; the last is its end. */
export function tokens(text: string): readonly Token[] {
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
