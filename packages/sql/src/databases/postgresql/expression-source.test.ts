import type { Constraint } from '@pgsql/types';
import { beforeAll, describe, expect, it } from 'vitest';
import { expressionSource, indexExpressionSource, loadPostgresql, nodeOf, nodesOf, type PostgresqlDialect, parenthesizedSource } from './index.js';

let postgresql: PostgresqlDialect;
beforeAll(async () => {
  postgresql = await loadPostgresql();
});

/** The constraints of the first column of the first statement, with the statement. */
function constraintsIn(text: string) {
  const [statement] = postgresql.parse(text).statements;
  if (statement?.kind !== 'parsed' || statement.node.kind !== 'CreateStmt') throw new Error('not a CREATE TABLE');
  const [column] = nodesOf('ColumnDef', statement.node.value.tableElts);
  return { statement, constraints: nodesOf('Constraint', column?.constraints) };
}

function defaultOf(text: string): string | undefined {
  const { statement, constraints } = constraintsIn(text);
  const at = constraints.findIndex((constraint) => constraint.contype === 'CONSTR_DEFAULT');
  const next: Constraint | undefined = constraints[at + 1];
  const expression = constraints[at]?.raw_expr;
  return expression && expressionSource(text, expression, { within: statement, ...(next?.location === undefined ? {} : { before: next.location }) });
}

describe('expressionSource', () => {
  it.each([
    ["CREATE TABLE orders (currency char(3) DEFAULT 'EUR' NOT NULL)", "'EUR'"],
    ['CREATE TABLE orders (placed timestamptz DEFAULT now(), note text)', 'now()'],
    ["CREATE TABLE orders (due date DEFAULT (now() AT TIME ZONE 'utc'))", "(now() AT TIME ZONE 'utc')"],
    ['CREATE TABLE orders (n int DEFAULT (1 + 2) * 3 CHECK (n > 0))', '(1 + 2) * 3'],
    ["CREATE TABLE orders (tags text[] DEFAULT ARRAY['a', 'b']::text[] NOT NULL)", "ARRAY['a', 'b']::text[]"],
    ['CREATE TABLE orders (n int DEFAULT -1)', '-1'],
    ["CREATE TABLE größen (é text DEFAULT '😀' || /* why */ 'b' -- why\n)", "'😀' || 'b'"],
  ])('finds the default in %s', (text, source) => {
    expect(defaultOf(text)).toBe(source);
  });

  it.each([
    ["(CASE state WHEN 'void' THEN 'open' ELSE state END)::text", "(CASE state WHEN 'void' THEN 'open' ELSE state END)::text"],
    ['(state || code) COLLATE "C"', '(state || code) COLLATE "C"'],
    ['(state::text)', 'state::text'],
  ])('finds USING %s, of which a parenthesis may be a part', (using, source) => {
    const text = `ALTER TABLE orders ALTER state TYPE text USING ${using}, ALTER note SET NOT NULL`;
    const [statement] = postgresql.parse(text).statements;
    if (statement?.kind !== 'parsed' || statement.node.kind !== 'AlterTableStmt') throw new Error('not an ALTER TABLE');
    const [command] = nodesOf('AlterTableCmd', statement.node.value.cmds);
    const expression = nodeOf('ColumnDef', command?.def)?.raw_default;
    expect(expression && expressionSource(text, expression, { within: statement })).toBe(source);
  });

  it('finds the condition of a CHECK', () => {
    const text = "CREATE TABLE orders (n int CONSTRAINT positive CHECK ((n) > 0 AND n <> ')' :: int))";
    const { statement, constraints } = constraintsIn(text);
    expect(parenthesizedSource(text, constraints[0]?.location ?? 0, statement)).toBe("(n) > 0 AND n <> ')' :: int");
  });

  it.each([
    ['CREATE INDEX ON guests (lower(email) text_pattern_ops DESC)', 'lower(email)'],
    ['CREATE INDEX ON guests (id, (lower(email) || coalesce(name)) NULLS LAST)', '(lower(email) || coalesce(name))'],
    ["CREATE INDEX ON guests ((data ->> 'name'))", "(data ->> 'name')"],
  ])('finds the expression in %s', (text, source) => {
    const [statement] = postgresql.parse(text).statements;
    if (statement?.kind !== 'parsed') throw new Error('not parsed');
    const index = nodeOf('IndexStmt', { [statement.node.kind]: statement.node.value } as never);
    const expression = nodesOf('IndexElem', index?.indexParams).find((element) => element.expr)?.expr;
    expect(expression && indexExpressionSource(text, expression, statement)).toBe(source);
  });
});
