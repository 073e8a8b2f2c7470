import { describe, expect, it } from 'vitest';
import { sourceLines } from './source-lines.js';

describe('sourceLines', () => {
  it('counts lines and columns from 1 and ends lines at LF, CRLF and CR', () => {
    const text = 'a\nbc\r\nd\re';
    const { placeOf } = sourceLines(text);
    expect(['a', 'c', 'd', 'e'].map((letter) => placeOf(text.indexOf(letter)))).toEqual([
      { line: 1, column: 1 },
      { line: 2, column: 2 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
    ]);
  });

  it('gives a byte order mark no column', () => {
    expect(sourceLines('\uFEFFselect').placeOf(1)).toEqual({ line: 1, column: 1 });
  });
});
