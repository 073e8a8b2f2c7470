import type { CreateIndexOperation, IndexKey } from '@planwright/spec';
import { inOneParenthesis, parenthesized, words } from '../../../written.js';
import { quoteIdentifier } from '../quote.js';
import { collation, dotted, list, optionList, qualified } from './names.js';

/** CREATE INDEX. */
export function createIndex({ schema, table, index, concurrently, ifNotExists, only }: CreateIndexOperation): string {
  const { tablespace, ...parameters } = index.options ?? {};
  return words(
    'CREATE',
    index.unique && 'UNIQUE',
    'INDEX',
    concurrently && 'CONCURRENTLY',
    ifNotExists && index.name !== undefined && 'IF NOT EXISTS',
    index.name !== undefined && quoteIdentifier(index.name),
    'ON',
    only && 'ONLY',
    qualified(schema, table),
    index.method !== undefined && index.method !== 'btree' && `USING ${quoteIdentifier(index.method)}`,
    `(${index.keys.map(indexKey).join(', ')})`,
    index.include && `INCLUDE ${list(index.include)}`,
    index.nullsNotDistinct && 'NULLS NOT DISTINCT',
    Object.keys(parameters).length > 0 && `WITH (${optionList(parameters)})`,
    tablespace !== undefined && `TABLESPACE ${quoteIdentifier(tablespace)}`,
    index.where !== undefined && `WHERE ${index.where}`,
  );
}

function indexKey(key: IndexKey): string {
  return words(
    key.column === undefined ? keyExpression(key.expression ?? '') : quoteIdentifier(key.column),
    key.collation && `COLLATE ${collation(key.collation)}`,
    key.operatorClass && dotted(key.operatorClass),
    key.order === 'desc' && 'DESC',
    key.nulls && `NULLS ${key.nulls.toUpperCase()}`,
  );
}

/** A call stands by itself, anything else in parentheses. */
function keyExpression(expression: string): string {
  const name = /^[a-z_][a-z0-9_.]*(?=\()/.exec(expression)?.[0];
  const call = name !== undefined && !/^(?:not|exists|row|in|values|case)$/.test(name) && inOneParenthesis(expression.slice(name.length));
  return call ? expression : parenthesized(expression);
}
