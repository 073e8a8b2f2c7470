import { describe, expect, it } from 'vitest';
import { readForTest } from './read-for-test.js';

const before = `CREATE TABLE buyers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, placed_by bigint, note text);`;

async function queryAfterRename(query: string, columns = '') {
  const { snapshot } = await readForTest(`CREATE VIEW listed ${columns} AS ${query}; ALTER TABLE orders RENAME COLUMN placed_by TO customer_id;`, before);
  const [view] = snapshot.views ?? [];
  return { query: view?.query, columns: view?.columns?.join() };
}

describe('a view over a column that is renamed', () => {
  it('reads it by its new name, and its own columns keep theirs', async () => {
    expect(await queryAfterRename(`SELECT o.placed_by, 'placed_by' AS kind FROM orders o WHERE placed_by > 0`)).toEqual({
      query: `SELECT o.customer_id, 'placed_by' AS kind FROM orders o WHERE customer_id > 0`,
      columns: 'placed_by,kind',
    });
  });

  it('names the columns that its star stood for', async () => {
    expect(await queryAfterRename('SELECT * FROM orders')).toEqual({ query: 'SELECT id, customer_id, note FROM orders', columns: 'id,placed_by,note' });
  });

  it('stays as it is where its text does not tell what is meant', async () => {
    const unclear = ['SELECT o.* FROM orders o JOIN buyers b ON b.id = o.placed_by', 'SELECT placed_by, note AS customer_id FROM orders'];
    for (const query of unclear) expect((await queryAfterRename(query)).query).toBe(query);
  });
});
