import type { Index, IndexKey } from '@planwright/spec';
import { quoteIdentifier } from '@planwright/sql/postgresql';
import { made, type Reader, spell } from './spelling.js';

/** Predicted indexes of one relation as the database spells them. `context` names the relation's columns and their types. */
export async function readIndexes(reader: Reader, name: string, context: string, indexes: readonly Index[] = []): Promise<Index[]> {
  const index = `(SELECT oid FROM pg_class WHERE relname = '${made}')`;
  const read: Index[] = [];
  for (const { where, ...rest } of indexes) {
    const keys: IndexKey[] = [];
    for (const key of rest.keys) keys.push(await readKey(reader, `CREATE INDEX ${made} ON ${name}`, rest.method ?? 'btree', context, key));
    if (where === undefined) read.push({ ...rest, keys });
    else {
      const query = `SELECT pg_get_expr(indpred, indrelid, true) AS text FROM pg_index WHERE indexrelid = ${index}`;
      read.push({ ...rest, keys, where: await spell(reader, where, context, [`CREATE INDEX ${made} ON ${name} ((1)) WHERE ${where}`], query) });
    }
  }
  return read;
}

async function readKey(reader: Reader, create: string, method: string, context: string, key: IndexKey): Promise<IndexKey> {
  const { expression, operatorClass, ...rest } = key;
  const index = `pg_index i JOIN pg_class c ON c.oid = i.indexrelid AND c.relname = '${made}'`;
  const read: IndexKey = { ...rest };
  if (expression !== undefined) {
    const statements = [`${create} ((${expression}))`];
    const spelling = await reader.scratch.spell(
      statements,
      `SELECT CASE WHEN i.indkey[0] = 0 THEN pg_get_indexdef(i.indexrelid, 1, true) END AS text FROM ${index}`,
      context,
    );
    if (spelling === 'nothing') {
      // What comes down to a column is kept as one: `date(placed_on)`, once the column is a date.
      const query = `SELECT a.attname AS text FROM ${index} JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]`;
      const column = await reader.scratch.spell(statements, query, context);
      if (typeof column === 'object') read.column = column.text;
    } else read.expression = spelling === 'refused' ? expression : withoutParentheses(spelling.text);
  }
  if (operatorClass !== undefined) {
    const what = expression === undefined ? quoteIdentifier(key.column ?? '') : `(${expression})`;
    const query = `SELECT CASE WHEN NOT o.opcdefault THEN o.opcname END AS text FROM ${index} JOIN pg_opclass o ON o.oid = i.indclass[0]`;
    // The default operator class may have been named; the catalogue does not tell.
    const spelling = await reader.scratch.spell([`${create} USING ${method} (${what} ${operatorClass})`], query, context);
    if (spelling !== 'nothing') read.operatorClass = operatorClass;
  }
  return read;
}

function withoutParentheses(expression: string): string {
  return expression.startsWith('(') && expression.endsWith(')') ? expression.slice(1, -1) : expression;
}
