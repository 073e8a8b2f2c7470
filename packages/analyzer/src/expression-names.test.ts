import { describe, expect, it } from 'vitest';
import { mentionsColumn } from './expression-names.js';

describe('a column that a statement names', () => {
  it.each([
    ['alone, where its table is named', 'UPDATE invoices SET paid = true WHERE id = 7'],
    ['behind its table', 'DELETE FROM notes USING invoices WHERE notes.invoice = invoices.id'],
    ['behind an alias of its table', 'UPDATE notes SET text = i.id FROM billing.invoices AS i'],
    ['behind a name that nothing explains', 'SELECT x.id FROM invoices, LATERAL f(invoices) x'],
    ['in quotes', 'SELECT "i"."id" FROM "invoices" "i"'],
  ])('is named %s', (_, statement) => {
    expect(mentionsColumn(statement, 'invoices.id')).toBe(true);
  });

  it.each([
    ['another table', 'UPDATE invoices SET tenant = users.tenant FROM users WHERE users.id = invoices.user_id'],
    ['an alias of another table', 'UPDATE invoices SET tenant = u.tenant FROM users u WHERE u.id = invoices.user_id'],
    ['an alias of a joined table', 'SELECT c.id FROM invoices i JOIN billing.customers AS c ON c.number = i.number'],
  ])('is none behind %s', (_, statement) => {
    expect(mentionsColumn(statement, 'invoices.id')).toBe(false);
  });

  it('is none where its table is not named', () => {
    expect(mentionsColumn('DELETE FROM users WHERE id = 7', 'invoices.id')).toBe(false);
  });
});
