import type { Dialect } from '../../dialect.js';
import { readPieces } from '../../read-pieces.js';
import { quoteComment, quoteIdentifier, quoteLiteral, quoteName } from './quote.js';
import { split } from './split.js';

export { quoteComment, quoteIdentifier, quoteLiteral, quoteName } from './quote.js';
export { split } from './split.js';
export { type WriteOptions, writeOperation } from './write.js';

/** MySQL's dialect. Statements are accepted or refused, not analysed yet. */
export interface MysqlDialect extends Dialect {
  readonly name: 'mysql';
}

/** Loads a grammar of MySQL (2 MB of JavaScript). Everything else of this module works without it. */
export async function loadMysql(): Promise<MysqlDialect> {
  const { errorIn } = await import('./grammar.js');
  return {
    name: 'mysql',
    split,
    parse: (text, options) => readPieces(text, split(text), (piece) => errorIn(piece.sql), options),
    quoteIdentifier,
    quoteName,
    quoteLiteral,
    quoteComment,
  };
}
