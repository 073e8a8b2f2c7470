import type { ParsedStatement } from '@planwright/sql';

/** A comment that speaks to planwright: `planwright: accept drop-table because it is empty`. */
export interface Remark {
  /** What follows `planwright:`. */
  readonly text: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

type Comments = ParsedStatement<never>['leadingComments'];

const address = /^planwright:\s*/i;

/** Remarks among the comments above and beside a statement; most have none. */
export function remarksAmong(file: string, ...lists: readonly Comments[]): readonly Remark[] | undefined {
  let found: Remark[] | undefined;
  for (const comments of lists) {
    for (const { text, line, column } of comments) {
      if (!address.test(text)) continue;
      found ??= [];
      found.push({ text: text.replace(address, ''), file, line, column });
    }
  }
  return found;
}
