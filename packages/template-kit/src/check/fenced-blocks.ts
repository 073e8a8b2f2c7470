/** A fenced block of a document. */
export interface FencedBlock {
  readonly language: string;
  readonly text: string;
  /** Line of the document on which its content begins, 1-based. */
  readonly line: number;
}

/** The fenced blocks of a document, those in list items included. */
export function fencedBlocks(document: string): readonly FencedBlock[] {
  const blocks: FencedBlock[] = [];
  let open: { readonly mark: string; readonly indent: number; readonly language: string; readonly line: number; readonly lines: string[] } | undefined;
  for (const [index, line] of document.split('\n').entries()) {
    const fence = /^( *)(`{3,})([^`]*)$/.exec(line);
    if (open !== undefined) {
      if (fence !== null && fence[3]?.trim() === '' && (fence[2]?.length ?? 0) >= open.mark.length) {
        blocks.push({ language: open.language, text: open.lines.join('\n'), line: open.line });
        open = undefined;
      } else open.lines.push(line.slice(Math.min(open.indent, /^ */.exec(line)?.[0].length ?? 0)));
    } else if (fence !== null) open = { mark: fence[2] ?? '', indent: fence[1]?.length ?? 0, language: (fence[3] ?? '').trim(), line: index + 2, lines: [] };
  }
  return blocks;
}
