import type { SeenStatement } from './corpora.js';

/** Why a prediction and PostgreSQL differ. */
export interface Explanation {
  readonly cause: string;
  readonly why: string;
  readonly explains: (statement: SeenStatement) => boolean;
}

const has = ({ statement }: SeenStatement, type: string): boolean => statement.operations.some((operation) => operation.type === type);

/** Every difference has one of these causes, or the bench says that it has none. */
export const explanations: readonly Explanation[] = [
  {
    cause: 'computed SQL',
    why: 'A block loops over rows or computes the SQL that it runs. What it locks depends on the rows, so there is no verdict.',
    explains: (seen) => seen.differences === 'no verdict' && has(seen, 'unknown'),
  },
  {
    cause: 'an index from elsewhere',
    why: 'DROP INDEX IF EXISTS names an index that no migration makes. Somebody may have made it by hand, on a table that nothing tells; so there is no verdict. Here it was not there.',
    explains: (seen) =>
      seen.differences === 'no verdict' && seen.statement.operations.some((operation) => operation.type === 'dropIndex' && operation.table === undefined),
  },
  {
    cause: 'a query that calls functions',
    why: 'A query calls a function that may do anything, so there is no verdict.',
    explains: (seen) => seen.differences === 'no verdict' && has(seen, 'runQuery'),
  },
  {
    cause: 'the body of an SQL function',
    why: 'CREATE FUNCTION … LANGUAGE sql has its body checked, and the tables that the body would write are locked with ROW EXCLUSIVE until COMMIT, though no row is touched. The body is not analysed.',
    explains: (seen) =>
      has(seen, 'createRoutine') &&
      seen.differences !== 'no verdict' &&
      seen.differences.every(({ kind, predicted }) => kind === 'lock' && predicted === undefined),
  },
];

/** The cause of a difference; nothing where none is known. */
export function explain(statement: SeenStatement): Explanation | undefined {
  return explanations.find(({ explains }) => explains(statement));
}
