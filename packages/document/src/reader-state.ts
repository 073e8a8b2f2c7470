/** What readers have written into a document, by the ids of its slots. What stands there as it was rendered is not in it, boxes excepted. */
export interface ReaderState {
  /** Every box that was found: ticked or not. */
  readonly ticks: Readonly<Record<string, boolean>>;
  /** Markdown of the cells that differ from what was rendered. */
  readonly cells: Readonly<Record<string, string>>;
  /** Markdown of the notes that differ from what was rendered; empty when a reader has deleted the text. */
  readonly notes: Readonly<Record<string, string>>;
  /** Markdown of the whole log, as it stands; absent when the document has none. */
  readonly log?: string;
}

/** The state of a document that nobody has touched. */
export const untouched: ReaderState = { ticks: {}, cells: {}, notes: {} };
