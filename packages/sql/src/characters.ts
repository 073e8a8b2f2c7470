/** Space as the grammars read it: not the non-breaking space, which is part of a word there. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** ASCII letter, underscore, or any character beyond ASCII. */
export function startsWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Offset after the run of characters from `at` on that pass. */
export function endOfRun(text: string, at: number, passes: (code: number) => boolean): number {
  let end = at;
  while (end < text.length && passes(text.charCodeAt(end))) end++;
  return end;
}

/** Offset of the line's end, or of the text's. */
export function endOfLine(text: string, at: number): number {
  return endOfRun(text, at, (code) => code !== 10 && code !== 13);
}

/** Offset after `mark`, or the text's end when it does not come. */
export function endAfter(text: string, mark: string, at: number): number {
  const found = text.indexOf(mark, at);
  return found < 0 ? text.length : found + mark.length;
}

/** Offset after the quote that closes the one at `at`. A doubled quote stands for itself; with `escapes`, so does one after a backslash. */
export function endOfQuoted(text: string, at: number, close: string, escapes = false): number {
  const quote = close.charCodeAt(0);
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (escapes && code === 92) end++;
    else if (code === quote) {
      if (text.charCodeAt(end + 1) !== quote) return end + 1;
      end++;
    }
  }
  return text.length;
}
