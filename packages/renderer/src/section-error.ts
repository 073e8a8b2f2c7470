/** A mistake in a section: what went wrong, and the line of the template on which it did. */
export class SectionError extends Error {
  /** Path of the template file, relative to the template's folder. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;

  constructor(file: string, line: number, cause: unknown) {
    super(`${file}:${line}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'SectionError';
    this.file = file;
    this.line = line;
  }
}

/** What a compiled section throws; an error that names its place already is passed on. */
export function sectionError(file: string, line: number, cause: unknown): SectionError {
  return cause instanceof SectionError ? cause : new SectionError(file, line, cause);
}
