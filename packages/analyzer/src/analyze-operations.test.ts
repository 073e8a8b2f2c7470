import { expect, it } from 'vitest';
import { analyzeOperations } from './analyze-operations.js';

it('fills a change of operations alone: verdicts, order, files, way back', () => {
  const { sequence, issues, snapshot } = analyzeOperations({
    framework: 'prisma',
    stamp: '20261120103000',
    change: {
      migrations: [
        {
          id: '001_create_guests',
          statements: [
            {
              operations: [
                {
                  type: 'createTable',
                  table: {
                    name: 'guests',
                    columns: [
                      { name: 'id', type: 'bigserial' },
                      { name: 'email', type: 'VARCHAR(120)', notNull: true },
                    ],
                    constraints: [{ type: 'primaryKey', columns: ['id'] }],
                  },
                },
              ],
            },
          ],
        },
        {
          id: '002_add_phone',
          statements: [
            { operations: [{ type: 'addColumn', table: 'guests', column: { name: 'phone', type: 'text' } }] },
            { operations: [{ type: 'dropColumn', table: 'rooms', column: 'floor' }] },
          ],
        },
      ],
    },
  });
  expect(issues).toEqual([]);
  expect(sequence.migrations.map(({ file, dependsOn }) => [file, dependsOn])).toEqual([
    ['prisma/migrations/20261120103001_create_guests/migration.sql', []],
    ['prisma/migrations/20261120103002_add_phone/migration.sql', ['001']],
  ]);
  expect(sequence.migrations[0]?.statements[0]?.down).toBe('DROP TABLE guests');
  expect(snapshot.tables[0]?.columns[1]).toEqual({ name: 'email', type: 'varchar(120)', notNull: true });
});

it('keeps what a person has given: ids, verdicts, transaction', () => {
  const verdicts = { data: { basis: 'assumed', outcome: 'safe' } } as const;
  const { change, sequence } = analyzeOperations({
    change: {
      before: { tables: [{ name: 'rooms', columns: [{ name: 'floor', type: 'integer' }] }] },
      migrations: [
        { id: 'm', transaction: 'none', statements: [{ id: 'drop', operations: [{ type: 'dropColumn', table: 'rooms', column: 'floor' }], verdicts }] },
      ],
    },
  });
  expect(change.migrations[0]?.statements[0]).toMatchObject({ id: 'drop', verdicts });
  expect(sequence.migrations[0]).toMatchObject({ transaction: 'none' });
});
