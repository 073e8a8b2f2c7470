/** A fenced block of a guide. */
export interface Block {
  readonly language: string;
  /** File that the block is to be saved as, from `[name]` behind the language. */
  readonly name?: string;
  readonly text: string;
  /** Line of the guide on which the block begins. */
  readonly line: number;
}

/** The fenced blocks of a page in their order. */
export function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(\w+)(?: \[([^\]]+)\])?\n([\s\S]*?)\n```$/gm)].map(({ 1: language = '', 2: name, 3: text = '', index }) => ({
    language,
    ...(name !== undefined && { name }),
    text,
    line: page.slice(0, index).split('\n').length,
  }));
}

/** What a reader changes: a line that begins with `- `, and the lines with `+ ` below it that take its place. */
export function editsOf({ text }: Block): readonly { readonly from: string; readonly to: string }[] {
  const edits: { from: string; to: string[] }[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('- ')) edits.push({ from: line.slice(2), to: [] });
    else edits.at(-1)?.to.push(line.slice(2));
  }
  return edits.map(({ from, to }) => ({ from, to: to.join('\n') }));
}
