export { readDefinitions } from './catalogue/definitions.js';
export { type Fingerprint, type FingerprintDifference, fingerprintDifference, readFingerprint } from './catalogue/fingerprint.js';
export { type CatalogueOptions, readSnapshot } from './catalogue.js';
export { compareSchemas, type SchemaComparison, type Sides } from './compare-schemas.js';
export {
  type DownMigration,
  type DownsInput,
  type RefusedMigration,
  type RehearsedDown,
  type RehearsedDowns,
  rehearseDowns,
  type TriedDown,
} from './downs.js';
export type { Engine, EngineWanted, OpenEngine, Ran, SavedDatabase, StatementError } from './engine.js';
export { createPglite, emptyDatabase, type PgliteEngine, type PgliteOptions } from './engines/pglite/create-pglite.js';
export { pgliteExtensions } from './engines/pglite/extensions.js';
export { type PgliteLimits, type PgliteProcessOptions, pgliteProcesses } from './engines/pglite/open-pglite.js';
export { type CreateServerOptions, createServer } from './engines/server/create-server.js';
export type { ServerLimits } from './engines/server/limits.js';
export { openServer, type Server, type ServerOptions } from './engines/server/open-server.js';
export { readSchemaStatements } from './engines/server/read-schema.js';
export { type DatabaseFacts, readTableFacts } from './engines/server/read-table-facts.js';
export { ServerRefused } from './engines/server/refused.js';
export type { ServerEngine, ServerSession } from './engines/server/server-engine.js';
export { type Relations, readLocks, readRelations, type SeenLock } from './observe/locks.js';
export { isOnRows } from './observe/on-rows.js';
export { type Files, readFiles, rewrittenBetween } from './observe/rewrites.js';
export { readScans, type Scans, scannedBetween } from './observe/scans.js';
export { type Seen, Session, type Work } from './observe/session.js';
export type { EarlierMigration, RehearsalInput } from './rehearsal-input.js';
export { rehearse } from './rehearse.js';
export { breakRows } from './rows/break-rows.js';
export type { BreakingOptions } from './rows/breaking-rows/broken-table.js';
export { type Breaking, breakingRows } from './rows/breaking-rows.js';
export { checksums, compareChecksums, type TableChecksums, type Untouched } from './rows/checksums.js';
export { type FilledRows, type FilledTable, fillRows } from './rows/fill-rows.js';
export { makeRows, type RowOptions, type RowPlan, type TableRows } from './rows/make-rows.js';
export { type RowSqlOptions, rowSql } from './rows/row-sql.js';
export type { LoadEngine, LoadSession, OpenLoadEngine } from './waits/load-engine.js';
export { measureWaits, type Retried, type Waits, type WaitsInput } from './waits/measure-waits.js';
export { lacks, missingExtension, withExpected } from './walk/expected-extensions.js';
export { extensionsOf } from './walk/missing.js';
export { type RanMigration, type RunMigration, runMigration } from './walk/run-migration.js';
export { isAsWritten } from './walk/subject.js';
