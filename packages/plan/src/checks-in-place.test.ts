import { describe, expect, it } from 'vitest';
import { createPlan } from './create-plan.js';

const before =
  'CREATE TABLE customers (id bigint PRIMARY KEY, email text);\nCREATE UNIQUE INDEX customers_email ON customers (email);\nCREATE TABLE orders (id bigint PRIMARY KEY, note text, customer_id bigint CONSTRAINT orders_customer_id_fkey REFERENCES customers (id));\n';

async function planOf(text: string) {
  const files = [
    { path: 'migrations/0001_shop.up.sql', text: before },
    { path: 'migrations/0002_change.up.sql', text },
  ];
  const { context } = await createPlan({ files, templates: [], now: '2026-11-20T10:30:00Z' });
  const queries = [...(context?.validation ?? []), ...(context?.sequence?.migrations ?? []).flatMap(({ validation = [] }) => validation)];
  return { context, queries, migrationOf: (name: string) => context?.sequence?.migrations.find((one) => one.name === name) };
}

describe('a required column that nothing fills', () => {
  it('is asked for by a question, and its rows are counted; nobody is told that there may be none', async () => {
    const { context, queries, migrationOf } = await planOf('ALTER TABLE orders ADD COLUMN place text NOT NULL;\n');
    const { id = '' } = migrationOf('validate_orders') ?? {};
    expect(context?.questions?.find((question) => question.id === 'Q-value-orders-place')).toMatchObject({
      neededBefore: `before Migration ${id}`,
      question: expect.stringContaining(`Migration ${id} fails on a row without one`),
    });
    expect(queries.find(({ proves = '' }) => proves.includes('need a value in place'))).toMatchObject({
      expected: 'recorded',
      sql: 'SELECT count(*) FROM orders',
    });
    expect(context?.asWritten?.hazards?.find(({ rule }) => rule === 'not-null-column-without-default')?.reason).toBe(
      `rows on which it fails have to be put right before Migration ${id}`,
    );
  });
});

describe('what is lost', () => {
  it('is counted before the migration that loses it, and not before the first that stands for its statement', async () => {
    const { queries, migrationOf } = await planOf('ALTER TABLE orders DROP COLUMN note, ADD COLUMN place text NOT NULL;\n');
    expect(queries.find(({ sql }) => sql === 'SELECT count(note) FROM orders')?.migration).toBe(migrationOf('drop_old_orders')?.id);
  });
});

describe('an object that is dropped and made again in one migration', () => {
  it('is verified to be there', async () => {
    const { queries } = await planOf(
      'ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey;\nUPDATE orders SET customer_id = NULL;\nCREATE TABLE sums (id bigint PRIMARY KEY);\nALTER TABLE sums ADD CONSTRAINT positive CHECK (id > 0);\nALTER TABLE sums DROP CONSTRAINT positive;\nALTER TABLE sums ADD CONSTRAINT positive CHECK (id >= 0);\n',
    );
    expect(queries.filter(({ proves = '' }) => proves.includes('positive')).map(({ proves, expected }) => `${proves}: ${expected}`)).toEqual([
      'positive is there and valid: 1',
    ]);
  });
});

describe('a unique index over a filled column', () => {
  it('is preceded by a question for rows that share a key, asked once they have it', async () => {
    const { queries, migrationOf } = await planOf(
      'DROP INDEX customers_email;\nALTER TABLE customers ADD COLUMN login text;\nUPDATE customers SET login = lower(email) WHERE login IS NULL;\nCREATE UNIQUE INDEX customers_email ON customers (login);\n',
    );
    expect(queries.find(({ check, when }) => check === 'duplicates' && when === 'after backfill')).toMatchObject({
      migration: migrationOf('backfill_customers')?.id,
      expected: 'empty result',
    });
    expect(queries.filter(({ proves }) => proves === 'customers_email is there and valid')).toHaveLength(1);
    expect(queries.filter(({ proves = '' }) => proves.includes('customers_email_old')).map(({ proves }) => proves)).toEqual(['customers_email_old is gone']);
  });
});
