import type { Dialect, LoadOptions } from '../../dialect.js';
import { type Grammar, loadGrammar } from './grammar.js';
import { parse, type StatementNode } from './parse.js';
import { quoteComment, quoteIdentifier, quoteLiteral, quoteName } from './quote.js';
import { split } from './split.js';

export { clauseSource, type ExpressionReach, expressionSource, indexExpressionSource, parenthesizedSource } from './expression-source.js';
export { type NodeKind, type NodeOf, nodeOf, nodesOf, stringsOf, type TaggedNode, tagged } from './nodes.js';
export type { StatementNode } from './parse.js';
export { quoteComment, quoteIdentifier, quoteLiteral, quoteName } from './quote.js';
export { readToken, split } from './split.js';
export { columnDefinition, identityDefinition } from './write/column.js';
export { constraintDefinition } from './write/constraint.js';
export { queryWithoutStar } from './write/view-star.js';
export { type WriteOptions, writeOperation } from './write.js';

/** PostgreSQL's dialect: as the others, and the bodies of its routines. */
export interface PostgresqlDialect extends Dialect<StatementNode> {
  readonly name: 'postgresql';
  /** The trees of the body of a DO block or a `LANGUAGE plpgsql` routine, given its whole statement; or the message of what is wrong with it. */
  readonly parsePlpgsql: Grammar['parsePlpgsql'];
}

/** Loads PostgreSQL's own grammar (1.7 MB of WebAssembly). Everything else of this module works without it. */
export async function loadPostgresql(options: LoadOptions = {}): Promise<PostgresqlDialect> {
  const grammar = await loadGrammar(options);
  return {
    name: 'postgresql',
    split,
    parse: (text, parseOptions) => parse(grammar, text, parseOptions),
    parsePlpgsql: grammar.parsePlpgsql,
    quoteIdentifier,
    quoteName,
    quoteLiteral,
    quoteComment,
  };
}
