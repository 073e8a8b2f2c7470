import type { Target } from '@planwright/spec';

/** What a statement of a running release can fail with. */
export type Failure =
  | 'column'
  | 'table'
  | 'null'
  | 'omitted'
  | 'orphan'
  | 'duplicate'
  | 'check'
  | 'object'
  | 'routine'
  | 'label'
  | 'privilege'
  | 'length'
  | 'result'
  | 'conflict'
  | 'identity';

/** The database's own words: SQLSTATE for PostgreSQL, error number for MySQL, message for SQLite. Absent where the failure does not exist there. */
const errors: Readonly<Record<Target['database'], Partial<Readonly<Record<Failure, string>>>>> = {
  postgresql: {
    column: '42703',
    table: '42P01',
    null: '23502',
    omitted: '23502',
    orphan: '23503',
    duplicate: '23505',
    check: '23514',
    object: '42704',
    routine: '42883',
    label: '22P02',
    privilege: '42501',
    length: '22001',
    result: '0A000',
    conflict: '42P10',
    identity: '428C9',
  },
  mysql: {
    column: 'error 1054',
    table: 'error 1146',
    null: 'error 1048',
    omitted: 'error 1364',
    orphan: 'error 1452',
    duplicate: 'error 1062',
    check: 'error 3819',
    routine: 'error 1305',
    privilege: 'error 1142',
    length: 'error 1406',
    label: 'error 1265',
  },
  sqlite: {
    column: '"no such column"',
    table: '"no such table"',
    null: '"NOT NULL constraint failed"',
    omitted: '"NOT NULL constraint failed"',
    orphan: '"FOREIGN KEY constraint failed"',
    duplicate: '"UNIQUE constraint failed"',
    check: '"CHECK constraint failed"',
    conflict: '"ON CONFLICT clause does not match"',
  },
};

/** "fails with 42703", or "fails" where the database has no word of its own for it. */
export function fails(database: Target['database'], failure: Failure, verb: 'fails' | 'fail' = 'fails'): string {
  const error = errors[database][failure];
  return error ? `${verb} with ${error}` : verb;
}
