import { describe, expect, it } from 'vitest';
import { safeWayOf } from './safe-way-for-test.js';

async function functionOf(change: string): Promise<string | undefined> {
  const { sequence } = await safeWayOf(
    "CREATE TABLE orders (id bigint PRIMARY KEY, closed boolean NOT NULL DEFAULT false, state text DEFAULT 'open', label text, title text);",
    change,
  );
  return sequence.migrations.flatMap(({ statements }) => statements.map(({ sql = '' }) => sql)).find((sql) => sql.startsWith('CREATE FUNCTION'));
}

describe('a column that is filled from one that the change drops follows it until that goes', () => {
  it('where the old column tells which rows get the value', async () => {
    const text = await functionOf("UPDATE orders SET state = 'closed' WHERE closed; ALTER TABLE orders DROP COLUMN closed");
    expect(text).toContain("NEW.state IS NOT DISTINCT FROM 'open'");
    expect(text).toContain("IF NEW.closed THEN\n      NEW.state := 'closed';\n    END IF;");
  });

  it('where its value is made of columns that stay as well', async () => {
    const text = await functionOf("UPDATE orders SET title = label || ' ' || state; ALTER TABLE orders DROP COLUMN label");
    expect(text).toContain("NEW.title := NEW.label || ' ' || NEW.state;");
  });

  it('not where it is made of its own former value', async () => {
    expect(await functionOf('UPDATE orders SET title = label || title WHERE label IS NOT NULL; ALTER TABLE orders DROP COLUMN label')).toBeUndefined();
  });
});
