/** A line and its number, 1-based. */
export interface NumberedLine {
  readonly line: number;
  readonly text: string;
}

/** The lines of a document that stand in no fenced block. */
export function linesOutsideFences(text: string): readonly NumberedLine[] {
  const lines: NumberedLine[] = [];
  let fence = '';
  for (const [index, shown] of text.split('\n').entries()) {
    const run = /^\s*(`{3,})/.exec(shown)?.[1] ?? '';
    if (fence === '' && run !== '') fence = run;
    else if (fence !== '') {
      if (run.length >= fence.length && shown.trim() === run) fence = '';
    } else lines.push({ line: index + 1, text: shown });
  }
  return lines;
}
