import type { Target } from '@planwright/spec';
import type { Quoting } from '@planwright/sql';
import type { ObjectName } from '../names.js';
import { mysqlCatalogue } from './mysql.js';
import { postgresqlCatalogue } from './postgresql.js';
import { sqliteCatalogue } from './sqlite.js';

/** A query of the catalogue, and what a client prints when all is well. */
export interface CatalogueQuery {
  readonly sql: string;
  readonly expected: string;
}

/** An index or a constraint of a table. */
export interface PartOfTable {
  readonly table: ObjectName;
  readonly name: string;
}

/** What can be asked of a database's catalogue. Every query is bound to a schema. A method is absent where the database keeps no such thing. */
export interface Catalogue {
  version?(): string;
  /** Counts those of the tables that are there. */
  tables(names: readonly ObjectName[]): string;
  /** Counts those of the columns that are there. */
  columns(table: ObjectName, columns: readonly string[]): string;
  /** Counts those of the columns that are NOT NULL. */
  notNull(table: ObjectName, columns: readonly string[]): string;
  /** Counts those of the columns that have a default. */
  defaults?(table: ObjectName, columns: readonly string[]): string;
  type?(table: ObjectName, column: string): string;
  /** Counts valid indexes of that name. */
  index(table: ObjectName, index: string): string;
  /** Counts those of the indexes of one or more tables that are there and valid. */
  indexes?(indexes: readonly PartOfTable[]): string;
  /** Counts indexes of that name, valid or not. */
  indexThere(table: ObjectName, index: string): string;
  /** Counts constraints of that name; `valid` wants them validated too. */
  constraint?(table: ObjectName, constraint: string, valid: boolean): string;
  /** Counts those of the constraints of one or more tables that are there and validated. */
  constraints?(constraints: readonly PartOfTable[]): string;
  views(names: readonly ObjectName[]): string;
  triggers(table: ObjectName, names: readonly string[]): string;
  policy?(table: ObjectName, policy: string): string;
  rowSecurity?(table: ObjectName): string;
  label?(type: ObjectName, label: string): string;
  dataType?(type: ObjectName): string;
  sequence?(sequence: ObjectName): string;
  routine?(routine: ObjectName): string;
  extension?(name: string): string;
  schema?(name: string): string;
  /** Counts transactions older than a minute, behind which a lock would wait. */
  longTransactions?(): string;
}

/** The catalogue of a database. `defaultSchema` is PostgreSQL's. */
export function catalogueOf(database: Target['database'], quoting: Quoting, defaultSchema = 'public'): Catalogue {
  switch (database) {
    case 'postgresql':
      return postgresqlCatalogue(quoting, defaultSchema);
    case 'mysql':
      return mysqlCatalogue(quoting);
    case 'sqlite':
      return sqliteCatalogue(quoting);
  }
}
