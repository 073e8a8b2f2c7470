import { describe, expect, it } from 'vitest';
import { readScripts } from './history.js';
import { newerSyntax } from './newer-syntax.js';

async function newer(sql: string, version: number): Promise<readonly string[]> {
  const { migrations } = await readScripts({ files: [{ path: 'orders.sql', text: sql }] });
  return migrations.flatMap(({ statements }) => statements.flatMap((statement) => newerSyntax(statement, version).map(({ feature }) => feature)));
}

describe('newerSyntax', () => {
  it.each([
    ['ALTER TABLE orders ADD NOT NULL note', 17, ['NOT NULL as a constraint of the table']],
    ['ALTER TABLE orders ADD CONSTRAINT "is said" NOT NULL note', 17, ['NOT NULL as a constraint of the table']],
    ['CREATE TABLE orders (note text, CONSTRAINT said NOT NULL note)', 17, ['NOT NULL as a constraint of the table']],
    ['CREATE TABLE orders (note text, NOT NULL note)', 17, ['NOT NULL as a constraint of the table']],
    ['ALTER TABLE orders ADD CONSTRAINT said NOT NULL note', 18, []],
    // A column's own constraint may have a name since long ago.
    ['CREATE TABLE orders (note text CONSTRAINT said NOT NULL, total int NOT NULL)', 12, []],
    ['ALTER TABLE orders ADD COLUMN note text NOT NULL', 12, []],
    ['ALTER TABLE orders ALTER note SET NOT NULL', 12, []],
    ['ALTER TABLE orders ADD total int GENERATED ALWAYS AS (1) VIRTUAL', 17, ['a VIRTUAL generated column']],
    ["INSERT INTO orders SELECT a FROM json_table('[]'::jsonb, '$[*]' COLUMNS (a int))", 16, ['JSON_TABLE']],
    ["CREATE TABLE orders AS SELECT a FROM json_table('[]'::jsonb, '$[*]' COLUMNS (a int))", 16, ['JSON_TABLE']],
    ["INSERT INTO orders VALUES ('json_table (')", 16, []],
    ['ALTER TABLE orders ADD CHECK (note IS JSON), ADD UNIQUE NULLS NOT DISTINCT (note)', 14, ['IS JSON', 'NULLS [NOT] DISTINCT']],
    ['MERGE INTO orders USING carts ON true WHEN NOT MATCHED BY SOURCE THEN DELETE', 14, ['MERGE … WHEN NOT MATCHED BY SOURCE', 'MERGE']],
  ])('%s, on PostgreSQL %i', async (sql, version, features) => expect(await newer(sql, version)).toEqual(features));
});
