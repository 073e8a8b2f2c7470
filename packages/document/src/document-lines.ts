/** The lines of a document, without byte order mark and line ends of any system, and without blank lines at its end. */
export function documentLines(text: string): readonly string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1);
}

/** Lines as one text, without blank lines around it. */
export function textOf(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line.trim() !== '');
  return first === -1
    ? ''
    : lines
        .slice(first, lines.findLastIndex((line) => line.trim() !== '') + 1)
        .join('\n')
        .trimEnd();
}

// `✓` and stray spaces are what people type, too; a new render writes `[x]`.
const box = /^(\s*(?:[-*+]|\d+[.)])\s+\[)(\s*|\s*[xX✓✔]\s*)(\])/u;

/** Whether the box of a list item is ticked; undefined when the line has none. */
export function tickOf(line: string): boolean | undefined {
  const content = box.exec(line)?.[2];
  return content === undefined ? undefined : content.trim() !== '';
}

/** The line with its box unticked. */
export function unticked(line: string): string {
  return line.replace(box, '$1 $3');
}

/** What follows the box of a list item. */
export function besideBox(line: string): string {
  return line.replace(box, '').trim();
}
