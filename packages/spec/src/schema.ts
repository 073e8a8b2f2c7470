// The door of the JSON Schemas themselves, as data: for editors, for `explain`, for the kit that adds a template's own.

export { type IssueCode, issueCodes } from './issue-codes.js';
export type { JsonSchema } from './json-schema.js';
export { allFields, describeField, type FieldDocs, type SchemaName, suggestFields } from './schema-docs.js';
export { contextDefinitions, schemaOf } from './schema-of.js';
