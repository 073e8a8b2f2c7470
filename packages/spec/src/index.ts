// The types are made from the schema; each of its definitions is one.
export type * from './generated/types.js';
export type { CompiledOutput, CompiledTemplate, Requirement, SectionFunction } from './compiled-template.js';
export type { JsonSchema, SchemaError, SchemaValidator } from './json-schema.js';
