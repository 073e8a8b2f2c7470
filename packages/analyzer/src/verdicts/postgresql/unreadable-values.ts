import type { Operation } from '@planwright/spec';
import { countWhere, writerOf } from '@planwright/sql';
import { columnBefore, type StatementFacts } from '../statement-facts.js';

/** The query that counts texts which the new type cannot be read from: `pg_input_is_valid` is there from PostgreSQL 16 on. Nothing where the column is no text, or USING does more than cast. */
export function unreadableValues(facts: StatementFacts, operation: Extract<Operation, { type: 'alterColumnType' }>, version: number): string | undefined {
  const from = columnBefore(facts, operation)?.type ?? operation.from;
  if (version < 16 || from === undefined || !/^(?:text|varchar|char)\b(?!.*\[)/.test(from)) return undefined;
  const { quoteIdentifier, quoteLiteral } = writerOf('postgresql');
  const cast = operation.using === undefined ? undefined : castOf(operation.using);
  const value = operation.using === undefined ? quoteIdentifier(operation.column) : cast;
  if (value === undefined) return undefined;
  return countWhere(writerOf('postgresql'), operation, `NOT pg_input_is_valid((${value})::text, ${quoteLiteral(operation.to)})`);
}

/** What is cast last: `trim(code)` of `trim(code)::integer` and of `CAST(trim(code) AS integer)`. */
function castOf(using: string): string | undefined {
  let text = using.trim();
  while (text.startsWith('(') && closes(text)) text = text.slice(1, -1).trim();
  const written = /^([\s\S]+?)\s*::\s*[\w ."]+(?:\([\d, ]+\))?$/.exec(text) ?? /^cast\s*\(([\s\S]+)\s+as\s+[\w ."]+(?:\([\d, ]+\))?\s*\)$/i.exec(text);
  const inner = written?.[1];
  // An operator beside the cast binds less than it does.
  return inner !== undefined && (/^(?:"[^"]+"|[\w$.]+)$/.test(inner) || (/^[\w$.]*\(/.test(inner) && closes(inner.slice(inner.indexOf('(')))))
    ? inner
    : undefined;
}

/** Whether the parenthesis that the text begins with closes at its end. */
function closes(text: string): boolean {
  let depth = 0;
  for (const [index, character] of [...text].entries()) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth === 0) return index === text.length - 1;
  }
  return false;
}
