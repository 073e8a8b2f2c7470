import type { Issue, Snapshot, WrittenDown } from '@planwright/spec';
import type { PostgresqlDialect } from '@planwright/sql/postgresql';
import { Draft } from './draft/draft.js';
import type { SourceFile } from './project.js';
import { readScript } from './read-script.js';

/** The way back that the author wrote, read against the schema after the way up. Issues are about its SQL only. */
export function writtenDown(dialect: PostgresqlDialect, file: SourceFile, after: Snapshot): { readonly down: WrittenDown; readonly issues: readonly Issue[] } {
  const { statements, issues } = readScript(dialect, file, new Draft(after));
  return {
    down: {
      file: file.path,
      statements: statements.map(({ line, column, sql, operations }) => ({ file: file.path, line, column, sql, operations: [...operations] })),
    },
    issues,
  };
}
