import { describe, expect, it, vi } from 'vitest';
import { databaseNames, loadDatabase } from './index.js';

const loaded = vi.hoisted(() => [] as string[]);
vi.mock('libpg-query/wasm/libpg-query.js', async (original) => {
  loaded.push('postgresql');
  return original();
});

describe('@planwright/sql', () => {
  it('loads no grammar until one is asked for', async () => {
    expect(loaded).toEqual([]);
    const { quoteIdentifier } = await import('@planwright/sql/postgresql');
    expect([quoteIdentifier('order'), loaded]).toEqual(['"order"', []]);
    await loadDatabase('postgresql');
    expect(loaded).toEqual(['postgresql']);
  });

  it('gives every database the same shape', async () => {
    for (const name of databaseNames) {
      const dialect = await loadDatabase(name);
      expect(dialect.name).toBe(name);
      expect(dialect.parse('SELECT 1;').statements.map(({ sql }) => sql)).toEqual(['SELECT 1']);
      expect(dialect.quoteName(['orders', 'id'])).toBe('orders.id');
    }
  });
});
