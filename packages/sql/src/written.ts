import type { Issue, Operation } from '@planwright/spec';

/** What came of writing an operation: its statements in order, without final semicolons; or why this database has no SQL for it. */
export type Written = { readonly statements: readonly string[] } | { readonly issue: Issue };

/** One statement or several. */
export function sql(...statements: readonly string[]): Written {
  return { statements };
}

/** An operation that cannot be written: what it is, and what is missing. */
export function unwritable(operation: Operation, database: string, why: string, hint?: string): Written {
  return {
    issue: {
      code: 'operation-not-writable',
      message: `\`${operation.type}\` cannot be written for ${database}: ${why}`,
      ...(hint === undefined ? {} : { hint }),
    },
  };
}

/** The parts that are there, with spaces between. */
export function words(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== false && part !== '').join(' ');
}

/** Lines in parentheses, one an entry, indented: the body of a CREATE TABLE. */
export function block(lines: readonly string[]): string {
  return `(\n${lines.map((line) => `  ${line}`).join(',\n')}\n)`;
}

/** Rows of cells as lines whose cells stand under each other; the last cell of a row is not padded. */
export function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [place, cell] of row.entries()) if (place < row.length - 1) widths[place] = Math.max(widths[place] ?? 0, cell.length);
  return rows.map((row) => row.map((cell, place) => (place < row.length - 1 ? cell.padEnd(widths[place] ?? 0) : cell)).join(' '));
}

/** Whether the parenthesis at the start is closed by the last character and not before. Quoted parts are passed over. */
export function inOneParenthesis(text: string): boolean {
  if (!text.startsWith('(')) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "'" || character === '"' || character === '`') {
      at = text.indexOf(character, at + 1);
      if (at < 0) return false;
    } else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return at === text.length - 1;
  }
  return false;
}

/** The expression in parentheses, unless it stands in them already. */
export function parenthesized(expression: string): string {
  return inOneParenthesis(expression) ? expression : `(${expression})`;
}
