// Escape sequences of colours take no room.
const colorCodes = /\u001b\[[0-9;]*m/g;

/** The text in lines of at most so many characters, broken at spaces; a word that is longer stands alone. Later lines are set in by two. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) +(?=\S)/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && longer.replace(colorCodes, '').length > width) {
      lines.push(line);
      line = `  ${word}`;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
