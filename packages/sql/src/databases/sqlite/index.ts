import type { Dialect } from '../../dialect.js';
import { readPieces } from '../../read-pieces.js';
import { quoteComment, quoteIdentifier, quoteLiteral, quoteName } from './quote.js';
import { recognise } from './recognise.js';
import { split } from './split.js';

export { quoteComment, quoteIdentifier, quoteLiteral, quoteName } from './quote.js';
export { split } from './split.js';
export { type WriteOptions, writeOperation } from './write.js';

/** SQLite's dialect. Statements are accepted or refused, not analysed yet. */
export interface SqliteDialect extends Dialect {
  readonly name: 'sqlite';
}

/** Loads a grammar of SQLite (3.5 MB of WebAssembly). Everything else of this module works without it. */
export async function loadSqlite(): Promise<SqliteDialect> {
  const { loadGrammar } = await import('./grammar.js');
  const errorIn = await loadGrammar();
  return {
    name: 'sqlite',
    split,
    parse: (text, options) => readPieces(text, split(text), (piece) => (recognise(piece.sql) ? undefined : errorIn(piece.sql)), options),
    quoteIdentifier,
    quoteName,
    quoteLiteral,
    quoteComment,
  };
}
