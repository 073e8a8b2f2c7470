import type { Issue } from '@planwright/spec';
import type { SourcePiece, SplitScript } from './split-script.js';

/** The databases whose SQL can be read. Each is a folder in `databases/` and a subpath of this package. */
export type DatabaseName = 'postgresql' | 'mysql' | 'sqlite';

/** A value that can be written as a literal. Numbers must be finite; text must be free of NUL. */
export type LiteralValue = string | number | bigint | boolean | null;

/** What one statement turned out to be. `Node` is the grammar's tree; databases that are not analysed yet have none. */
export type Reading<Node> =
  /** Parsed, with its tree. */
  | { readonly kind: 'parsed'; readonly node: Node }
  /** Valid SQL, but only recognised: there is no tree to analyse. */
  | { readonly kind: 'accepted' }
  /** A line for the database's own client (psql's `\connect`, mysql's `DELIMITER`), not for the server. */
  | { readonly kind: 'command'; readonly issue?: Issue }
  /** Rows that follow `COPY … FROM stdin`, which only psql can send. */
  | { readonly kind: 'data'; readonly issue: Issue }
  /** Not SQL of this database; the issue says where and why. */
  | { readonly kind: 'invalid'; readonly issue: Issue };

/** One statement with its place and what it turned out to be. */
export type ParsedStatement<Node> = Omit<SourcePiece, 'kind'> & Reading<Node>;

/** A whole file: its statements in order, whatever became of each, and every issue found in them. */
export interface ParsedScript<Node> {
  /** The text as given. All offsets point into it, in UTF-16 code units. */
  readonly text: string;
  readonly statements: readonly ParsedStatement<Node>[];
  readonly issues: readonly Issue[];
  /** Comments that belong to no statement: after the last one, or in a file without any. */
  readonly comments: SplitScript['comments'];
}

/** How names, values and remarks are written for one database. Needs no grammar. */
export interface Quoting {
  /** The name as it must stand in SQL: plain where the database reads it back unchanged, else quoted. Throws a `RangeError` for an empty name or one with NUL. */
  quoteIdentifier(name: string): string;
  /** A qualified name: `['billing', 'order']` becomes `billing."order"` (PostgreSQL). */
  quoteName(parts: readonly string[]): string;
  /** A literal. Throws a `RangeError` for NaN, infinities, and text with NUL or half a surrogate pair. */
  quoteLiteral(value: LiteralValue): string;
  /** A line comment for each line of the text, so that nothing in it can become SQL. */
  quoteComment(text: string): string;
}

/** One database's SQL: everything that differs between databases, and nothing else. */
export interface Dialect<Node = never> extends Quoting {
  readonly name: DatabaseName;
  /** Cuts a script into statements without judging them. */
  split(text: string): SplitScript;
  /** Reads a script. Never throws for what the text says: see `issues`. `file` is only repeated in them. */
  parse(text: string, options?: ParseOptions): ParsedScript<Node>;
}

export interface ParseOptions {
  /** Path to name in issues. */
  readonly file?: string;
}

/** How a grammar finds its WebAssembly file where there is no file system. */
export interface LoadOptions {
  /** Maps the file's name to a URL. Needed in browsers; ignored by grammars that are plain JavaScript. */
  readonly locateFile?: (file: string) => string;
}
