// The door of what reads and validates: the validators are 0.9 MB, so load it when there is something to validate.
export { type Check, checkContext } from './check-context.js';
export { checkSecrets } from './checks/secrets.js';
export { mayMove } from './checks/status.js';
export { type ParsedText, parseText } from './parse-text.js';
export { placeIssue } from './place-issue.js';
export type { Position, Positions } from './positions.js';
export { type Read, type ReadContext, readAnswers, readCompanion, readConfig, readContext, readStats } from './read-context.js';
export { schemaIssues } from './schema-issues.js';
export {
  type ValidatedContext,
  validateAnalysis,
  validateAnswers,
  validateCompanion,
  validateConfig,
  validateContext,
  validateManifest,
  validateStats,
} from './validate-context.js';
export { type Validated, validateValue } from './validate-value.js';
