import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mayMove } from './checks/status.js';
import { readContext } from './read-context.js';

const complete = readFileSync(new URL('../fixtures/invoices.yaml', import.meta.url), 'utf8');

/** The issues of the fixture after one text of it is replaced. */
function after(from: string, to: string) {
  if (!complete.includes(from)) throw new Error(`the fixture has no ${from}`);
  const { issues, context } = readContext(complete.replace(from, to), 'invoices.yaml');
  return { codes: issues.map(({ code }) => code), messages: issues.map(({ message }) => message), issues, context };
}

it('has nothing to say of a sound plan', () => {
  expect(readContext(complete, 'invoices.yaml').issues).toEqual([]);
});

describe('unique ids', () => {
  it.each([
    ["- id: '003'", "- id: '002'", 'migration'],
    ['{ id: T002,', '{ id: T001,', 'task'],
    ['id: st2', 'id: st1', 'step'],
    ['{ id: P1,', '{ id: V1,', 'validation query'],
    ['name: Staging, days', 'name: Planning, days', 'phase of the timeline'],
    ['{ id: s2,', '{ id: s1,', 'statement'],
    ['slug: schema-migration', 'slug: migration-plan', 'subtask'],
  ])('%s as %s is a duplicate %s', (from, to, word) => {
    const { issues } = after(from, to);
    const duplicate = issues.find(({ code }) => code === 'duplicate-id');
    expect(duplicate?.message).toContain(`found ${word} '`);
    expect(duplicate?.line).toBeGreaterThan(1);
  });

  it('counts file names that differ in case only as the same', () => {
    expect(after('migrations/002_add_currency_code.sql', 'migrations/001_CREATE_currencies.sql').codes).toEqual(['duplicate-id']);
  });
});

describe('references', () => {
  it.each([
    ["dependsOn: ['001']", "dependsOn: ['009']", '/sequence/migrations/1/dependsOn/0'],
    ['gateBefore: G1', 'gateBefore: G2', '/sequence/migrations/2/gateBefore'],
    ["before: '003'", "before: '004'", '/sequence/gates/0/before'],
    ['release: R1', 'release: R9', '/sequence/gates/0/release'],
    ['query: V1', 'query: V2', '/steps/0/verification/0/query'],
    ["kind: migration, migrations: ['003'], gate", "kind: migration, migrations: ['030'], gate", '/steps/1/migrations/0'],
    ['step: st1', 'step: st9', '/rollback/points/0/step'],
    ['steps: [st2]', 'steps: [st3]', '/risks/0/steps/0'],
    ['dependsOn: [T001]', 'dependsOn: [T009]', '/tasks/1/dependsOn/0'],
    ['dependsOn: [migration-plan]', 'dependsOn: [migration-pln]', '/subtasks/1/dependsOn/0'],
    ['procedure: Stop', 'procedure: Stopp', '/rollback/triggers/0/procedure'],
    ["pointOfNoReturn: '003'", "pointOfNoReturn: '033'", '/rollback/pointOfNoReturn'],
    ['dependsOn: [Planning]', 'dependsOn: [Plan]', '/timeline/phases/1/dependsOn/0'],
    ['strategy: Expand-contract }', 'strategy: Expand-contract, query: P9 }', '/breaking/0/query'],
    ['environment: staging', 'environment: stagging', '/sequence/migrations/0/status/environment'],
  ])('%s as %s dangles', (from, to, pointer) => {
    const { issues } = after(from, to);
    expect(issues.map(({ code, pointer }) => [code, pointer])).toEqual([['dangling-reference', pointer]]);
    expect(issues[0]?.line).toBeGreaterThan(1);
  });

  it('suggests the nearest name', () => {
    expect(after('procedure: Stop', 'procedure: Stopp').messages[0]).toContain("did you mean 'Stop'?");
  });

  it('finds nothing to say of kinds that are computed later', () => {
    const text =
      "target: { database: sqlite }\nchange: { migrations: [{ id: a, statements: [] }] }\ntasks: [{ id: T001, title: A, kind: migration, migrations: ['001'] }]\n";
    expect(readContext(text).issues).toEqual([]);
  });
});

describe('dependencies', () => {
  it('names the cycle', () => {
    const { issues } = after('phase: expand\n      statements', "phase: expand\n      dependsOn: ['003']\n      statements");
    expect(issues.filter(({ code }) => code === 'cyclic-dependency').map(({ message }) => message)).toEqual([
      'found migrations that wait for each other: 001 → 003 → 002 → 001',
    ]);
  });

  it('finds what waits for itself', () => {
    expect(after('dependsOn: [T001]', 'dependsOn: [T002]').messages).toEqual(['found tasks that wait for each other: T002 → T002']);
  });

  it('wants a migration after those that it depends on', () => {
    const text = complete
      .replace("dependsOn: ['001']", 'dependsOn: []')
      .replace('phase: expand\n      statements', "phase: expand\n      dependsOn: ['002']\n      statements")
      .replace("state: applied, environment: staging, at: '2026-05-04T09:00:00Z'", 'state: pending');
    expect(readContext(text).issues.map(({ message }) => message)).toEqual([
      'found migration 001 before migration 002, on which it depends: expected it after',
    ]);
  });

  it('walks long chains without a deep stack', () => {
    const migrations = Array.from({ length: 20_000 }, (_, index) => ({
      id: `m${index}`,
      name: 'a',
      statements: [],
      dependsOn: index > 0 ? [`m${index - 1}`] : [],
    }));
    const { issues } = readContext(
      JSON.stringify({ target: { database: 'sqlite' }, change: { migrations: [{ id: 'a', statements: [] }] }, sequence: { migrations } }),
    );
    expect(issues).toEqual([]);
  });
});

describe('phases', () => {
  it('only move forward along dependencies', () => {
    expect(
      after(
        'name: add_currency_code\n      file: migrations/002_add_currency_code.sql\n      phase: expand',
        'name: add_currency_code\n      file: migrations/002_add_currency_code.sql\n      phase: cleanup',
      ).messages,
    ).toEqual(['found migration 003 (contract) after migration 002 (cleanup), on which it depends: expected contract before cleanup']);
  });

  it('stand in their order in the pattern', () => {
    expect(after('{ phase: expand, items', '{ phase: cleanup, items').codes).toEqual(['phase-order']);
  });
});

it('warns of a down in the order of its up', () => {
  const column = '          - { operations: [{ type: dropColumn, table: invoices, column: currency_code }] }\n';
  const table = '          - { operations: [{ type: dropTable, table: currencies }] }\n';
  const { issues, context } = after(column + table, table + column);
  expect(issues).toMatchObject([{ code: 'down-order', severity: 'warning', pointer: '/change/migrations/0/down/statements/1' }]);
  expect(issues[0]?.message).toContain('takes back table currencies before column invoices.currency_code');
  expect(context).toBeDefined();
});

describe('a breaking change', () => {
  it('has a strategy', () => {
    expect(after(', strategy: Expand-contract }', ' }').issues).toMatchObject([{ code: 'missing-strategy', pointer: '/breaking/0' }]);
  });

  it('has no window where users must not notice', () => {
    expect(after('strategy: Expand-contract', 'strategy: Maintenance window').codes).toEqual(['contradiction']);
  });
});

describe('SET NULL', () => {
  const table = (notNull: boolean) =>
    `tables: { created: [{ table: { name: refunds, columns: [{ name: invoice_id, type: bigint, notNull: ${notNull} }], constraints: [{ type: foreignKey, columns: [invoice_id], references: { table: invoices }, onDelete: set null }] } }] }\nrisks:`;

  it('contradicts a column that refuses NULL', () => {
    expect(after('risks:', table(true)).issues).toMatchObject([{ code: 'set-null-not-null', pointer: '/tables/created/0/table/constraints/0' }]);
  });

  it('fits a column that takes it', () => {
    expect(after('risks:', table(false)).codes).toEqual([]);
  });

  it('is a warning in what somebody wrote', () => {
    const { issues, context } = after(
      'columns: [{ name: code, type: char(3), notNull: true }] } }] }\n        - { id: s2',
      'columns: [{ name: code, type: char(3), notNull: true }], constraints: [{ type: foreignKey, columns: [code], references: { table: iso }, onDelete: set null }] } }] }\n        - { id: s2',
    );
    expect(issues).toMatchObject([{ code: 'set-null-not-null', severity: 'warning' }]);
    expect(context).toBeDefined();
  });
});

describe('thresholds', () => {
  it('alert before they roll back', () => {
    expect(after('alert: { value: 2 }', 'alert: { value: 6 }').messages).toEqual([
      'found that Error rate alerts at 6% and rolls back at 5%: expected the alert to be the milder',
    ]);
  });

  it('may not be equal', () => {
    expect(after('alert: { value: 25, relative: true }', 'alert: { value: 50, relative: true }').codes).toEqual(['threshold-order']);
  });

  it('are compared by the baseline when only one is relative', () => {
    expect(after('rollback: { value: 50, relative: true }', 'rollback: { value: 50 }').codes).toEqual(['threshold-order']);
    expect(after('rollback: { value: 50, relative: true }', 'rollback: { value: 60 }').codes).toEqual([]);
  });

  it('wait for a baseline that is not known', () => {
    expect(
      after(
        'baseline: 45, alert: { value: 25, relative: true }, rollback: { value: 50, relative: true }',
        'alert: { value: 25, relative: true }, rollback: { value: 1 }',
      ).codes,
    ).toEqual([]);
  });

  it('do not roll back where a metric only alerts', () => {
    expect(after('rollback: { value: 5 }', 'rollback: { value: 5 }, alertOnly: true').codes).toEqual(['contradiction']);
  });
});

describe('times', () => {
  it('add up: a total is the sum of its steps, with or without the buffer', () => {
    expect(after('total: { min: 36, max: 72 }', 'total: { min: 30, max: 60 }').codes).toEqual([]);
    expect(after('total: { min: 36, max: 72 }', 'total: { min: 300, max: 600 }').messages).toEqual([
      'found a total of 300-600 s for the run at /timeline/total: its steps add up to 30-60 s, or with the buffer 36-72 s',
    ]);
  });

  it('begin with the smaller bound', () => {
    expect(after('effort: { min: 0.5, max: 1 }', 'effort: { min: 2, max: 1 }').issues).toMatchObject([{ code: 'range-order', pointer: '/subtasks/1/effort' }]);
  });
});

describe('status', () => {
  it('names where and when it was applied', () => {
    expect(after(", at: '2026-05-04T09:00:00Z'", '').codes).toEqual(['incomplete-status']);
  });

  it('is not applied before what it depends on', () => {
    expect(
      after(
        "status: { state: applied, environment: staging, at: '2026-05-04T09:00:00Z' }\n    - id: '002'",
        "status: { state: testing }\n    - id: '002'\n      status: { state: applied, environment: staging, at: '2026-05-04T09:00:00Z' }",
      ).codes,
    ).toEqual(['status-order']);
  });

  it('moves one step forward, or back to in progress', () => {
    expect([mayMove('pending', 'in-progress'), mayMove('testing', 'complete'), mayMove('applied', 'in-progress'), mayMove('applied', 'applied')]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([mayMove('pending', 'applied'), mayMove('in-progress', 'complete'), mayMove('complete', 'testing'), mayMove('testing', 'pending')]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
