// The types are made from the schema; each of its definitions is one.
export type * from './generated/types.js';
export type { JsonSchema, SchemaError, SchemaValidator } from './json-schema.js';
