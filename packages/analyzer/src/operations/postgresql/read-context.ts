import type { PostgresqlDialect } from '@planwright/sql/postgresql';
import { expressionSource, parenthesizedSource } from '@planwright/sql/postgresql';
import type { Draft } from '../../draft/draft.js';

/** What a reader of one statement knows: its text, the schema before it, and the grammar for SQL inside it. */
export interface ReadContext {
  /** The script; locations in trees are offsets into it. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The statement's own text. */
  readonly sql: string;
  /** The schema before the statement. Readers look names up in it and change nothing. */
  readonly draft: Draft;
  readonly dialect: PostgresqlDialect;
}

/** The source of an expression. `before` is the offset of what follows it, where that is known. */
export function sourceOf(context: ReadContext, node: object, before?: number): string {
  const reach = { within: { start: context.start, end: context.end }, ...(before === undefined ? {} : { before }) };
  const source = expressionSource(context.text, node, reach);
  // Some nodes keep no location: what follows a keyword is then not to be had.
  return source ?? '';
}

/** The source of an expression within a part of the statement, so that a long statement is not read from its start for each. */
export function sourceWithin(context: ReadContext, node: object, start: number, before?: number): string {
  const end = before ?? context.end;
  return expressionSource(context.text, node, { within: { start, end } }) ?? '';
}

/** The source from an offset to the end of the item of the list that it stands in. */
export function itemFrom(context: ReadContext, location: number, before?: number): string {
  return sourceWithin(context, { location }, location, before);
}

/** The source between the first parenthesis from an offset on and the one that closes it. */
export function inParentheses(context: ReadContext, location: number): string {
  return parenthesizedSource(context.text, location, { start: context.start, end: context.end }) ?? '';
}
