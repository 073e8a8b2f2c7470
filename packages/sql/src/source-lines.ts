/** A place as editors count it: both from 1, columns in UTF-16 code units. A byte order mark has no column. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets into places. */
export interface SourceLines {
  placeOf(offset: number): Place;
}

/** Finds the lines of a text once, so that each place is a binary search. Lines end with LF, CRLF or a lone CR. */
export function sourceLines(text: string): SourceLines {
  const starts = [text.charCodeAt(0) === 0xfeff ? 1 : 0];
  if (text.includes('\r')) for (const ending of text.matchAll(/\r\n?|\n/g)) starts.push(ending.index + ending[0].length);
  else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return {
    placeOf(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: Math.max(offset - (starts[low] ?? 0), 0) + 1 };
    },
  };
}
