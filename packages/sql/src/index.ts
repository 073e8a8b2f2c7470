import type { MysqlDialect } from './databases/mysql/index.js';
import type { PostgresqlDialect } from './databases/postgresql/index.js';
import type { SqliteDialect } from './databases/sqlite/index.js';
import type { DatabaseName, LoadOptions } from './dialect.js';

export type { Catalogue, ColumnDefinition, Definition, DefinitionKind, Grant, Setting } from './catalogue/definition.js';
export { type CatalogueDown, downBetween } from './catalogue/down-between.js';
export { typeDefinition } from './databases/postgresql/write/column.js';
export { constraintDefinition } from './databases/postgresql/write/constraint.js';
export type {
  DatabaseName,
  Dialect,
  LiteralValue,
  LoadOptions,
  ParsedScript,
  ParsedStatement,
  ParseOptions,
  Quoting,
  Reading,
} from './dialect.js';
export { conversion } from './schema/conversion.js';
export { type DiffOptions, diff } from './schema/diff.js';
export { type Down, downStatements, reversibilityOf, type Up, type UpMigration, type UpStatement } from './schema/down.js';
export { isKeyGiven } from './schema/key-given.js';
export { differing } from './schema/named.js';
export { type Narrowing, narrowing } from './schema/narrowing.js';
export { reachesOnlyNull } from './schema/only-null.js';
export { type At, countWhere, indexViolations, violations } from './schema/violations.js';
export { type Writer, writerOf } from './schema/writer.js';
export type { Place, SourceLines } from './source-lines.js';
export { sourceLines } from './source-lines.js';
export type { SourceComment, SourcePiece, SplitScript } from './split-script.js';
export type { Written } from './written.js';

interface Dialects {
  readonly postgresql: PostgresqlDialect;
  readonly mysql: MysqlDialect;
  readonly sqlite: SqliteDialect;
}

/** How each database's dialect is loaded. The subpaths are named as a user names them, so that no bundle takes in a grammar it did not ask for. */
const loaders: { readonly [Name in DatabaseName]: (options?: LoadOptions) => Promise<Dialects[Name]> } = {
  postgresql: async (options) => (await import('@planwright/sql/postgresql')).loadPostgresql(options),
  mysql: async () => (await import('@planwright/sql/mysql')).loadMysql(),
  sqlite: async () => (await import('@planwright/sql/sqlite')).loadSqlite(),
};

/** The names that `loadDatabase` takes. */
export const databaseNames: readonly DatabaseName[] = ['postgresql', 'mysql', 'sqlite'];

/** Loads one database's grammar and returns its dialect. Nothing is loaded before; keep the dialect, for each call makes one. */
export function loadDatabase<Name extends DatabaseName>(name: Name, options?: LoadOptions): Promise<Dialects[Name]> {
  return loaders[name](options);
}
