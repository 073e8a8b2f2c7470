import type { Target } from '@planwright/spec';
import type { Quoting } from '@planwright/sql';

/** Loads how names and values are written for a database. No grammar is instantiated. */
export async function loadQuoting(database: Target['database']): Promise<Quoting> {
  if (database === 'mysql') return await import('@planwright/sql/mysql');
  if (database === 'sqlite') return await import('@planwright/sql/sqlite');
  return await import('@planwright/sql/postgresql');
}
