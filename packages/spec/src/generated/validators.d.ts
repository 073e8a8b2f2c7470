import type { SchemaValidator } from '../json-schema.js';

export const validate_context: SchemaValidator;
export const validate_answers: SchemaValidator;
export const validate_config: SchemaValidator;
export const validate_companion: SchemaValidator;
export const validate_manifest: SchemaValidator;
