/**
 * Text that is Markdown already. What makes it has escaped its values, so it passes every place as it is;
 * everything else that a template prints is plain text and is escaped for the place where it lands.
 */
export class Markdown {
  /** The Markdown. */
  readonly markdown: string;
  /** The same for a table cell, where that is written otherwise: a code span that holds `|`, for example. */
  readonly inCell: string;

  constructor(markdown: string, inCell: string = markdown) {
    this.markdown = markdown;
    this.inCell = inCell;
  }

  toString(): string {
    return this.markdown;
  }

  toJSON(): string {
    return this.markdown;
  }
}

/** Brands text that is safe Markdown. Only code of this package calls it: templates compose Markdown from the functions of their scope. */
export function markdown(text: string, inCell?: string): Markdown {
  return new Markdown(text, inCell);
}
