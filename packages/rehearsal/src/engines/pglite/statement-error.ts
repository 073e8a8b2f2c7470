import type { StatementError } from '../../engine.js';

/** What is worth keeping of an error that PGlite threw. Its own carries the query, its parameters and a stack through a minified bundle. */
export function statementError(thrown: unknown, statement: string): StatementError {
  if (!(thrown instanceof Error)) return { code: 'XX000', message: String(thrown) };
  // PGlite's DatabaseError has PostgreSQL's fields as strings; other errors have none of them.
  const { code, position } = thrown as Error & { readonly code?: string; readonly position?: string };
  const at = Number(position);
  return { code: code ?? 'XX000', message: thrown.message, ...(at >= 1 && at <= statement.length + 1 ? { position: at } : {}) };
}
