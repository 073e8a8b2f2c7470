import type { Operation, Snapshot } from '@planwright/spec';
import * as mysqlQuoting from '../databases/mysql/quote.js';
import { writeOperation as writeMysql } from '../databases/mysql/write.js';
import * as postgresqlQuoting from '../databases/postgresql/quote.js';
import { writeOperation as writePostgresql } from '../databases/postgresql/write.js';
import * as sqliteQuoting from '../databases/sqlite/quote.js';
import { writeOperation as writeSqlite } from '../databases/sqlite/write.js';
import type { DatabaseName, Quoting } from '../dialect.js';
import type { Written } from '../written.js';

/** How names, values and operations are written for a database. Needs no grammar. */
export interface Writer extends Quoting {
  writeOperation(operation: Operation, options?: { readonly before?: Snapshot }): Written;
}

const writers: Readonly<Record<DatabaseName, Writer>> = {
  postgresql: { ...postgresqlQuoting, writeOperation: writePostgresql },
  mysql: { ...mysqlQuoting, writeOperation: writeMysql },
  sqlite: { ...sqliteQuoting, writeOperation: writeSqlite },
};

/** The writer of a database. */
export function writerOf(database: DatabaseName): Writer {
  return writers[database];
}
