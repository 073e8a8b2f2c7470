// NUL and lone surrogates cannot be stored in a file of text, and the three noncharacters mark slots while a document is assembled.
const unsafe = /[\0\ufdd0-\ufdd2]|\p{Surrogate}/gu;
const suspicious = /[\0\r\ufdd0-\ufdd2\ud800-\udfff]/;

/** Text as it can be written to a file: lines end in LF; NUL, lone surrogates and our own marks become U+FFFD. */
export function writable(text: string): string {
  if (!suspicious.test(text)) return text;
  return text.replace(/\r\n?/g, '\n').replace(unsafe, '\ufffd');
}

/** The text without white space at its ends, as Markdown understands it. `String.trim` would also take a no-break space, which is text. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return end - start === text.length ? text : text.slice(start, end);
}

/** Whether a character code is that of a space, tab or line feed. */
export function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10;
}

/** A block without line breaks at its ends. By hand: a regular expression would stop at every line of a long block. */
export function withoutBlankEnds(block: string): string {
  let start = 0;
  let end = block.length;
  while (block.charCodeAt(start) === 10) start++;
  while (end > start && block.charCodeAt(end - 1) === 10) end--;
  return start === 0 && end === block.length ? block : block.slice(start, end);
}
