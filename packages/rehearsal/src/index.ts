export { type CatalogueOptions, readSnapshot } from './catalogue.js';
export { type Fingerprint, type FingerprintDifference, fingerprintDifference, readFingerprint } from './catalogue/fingerprint.js';
export type { Engine, Ran, StatementError } from './engine.js';
export { createPglite, type PgliteEngine, type PgliteOptions } from './engines/pglite/create-pglite.js';
export { pgliteExtensions } from './engines/pglite/extensions.js';
export { type Relations, readLocks, readRelations, type SeenLock } from './observe/locks.js';
export { type Files, readFiles, rewrittenBetween } from './observe/rewrites.js';
export { readScans, type Scans, scannedBetween } from './observe/scans.js';
