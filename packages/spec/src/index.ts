// The types are made from the schema; each of its definitions is one.

export type { CompiledOutput, CompiledTemplate, Requirement, SectionFunction } from './compiled-template.js';
export type * from './generated/types.js';
export type { JsonSchema, SchemaError, SchemaValidator } from './json-schema.js';
export { cellsOfRow, fingerprintLength, fingerprintOfLine } from './line-fingerprint.js';
export { nearest } from './nearest.js';
export type { PartialDeep } from './partial-deep.js';
export { pointerTo, segmentsOf, valueAt } from './pointer.js';
export { findSecrets, redactSecrets, type Secret } from './secret.js';
