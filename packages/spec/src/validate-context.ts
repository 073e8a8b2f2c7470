import { checkContext } from './check-context.js';
import { checkSecrets } from './checks/secrets.js';
import type { AnalysisReport, Answers, Companion, Config, Context, Issue, Manifest, Stats } from './generated/types.js';
import {
  validate_analysis,
  validate_answers,
  validate_companion,
  validate_config,
  validate_context,
  validate_manifest,
  validate_stats,
} from './generated/validators.js';
import { placeIssue } from './place-issue.js';
import type { Positions } from './positions.js';
import { mayLackInAnswers, type Validated, validateValue } from './validate-value.js';

/** A context with the issues that do not keep it from being used (warnings), or no context and the issues that do. */
export interface ValidatedContext {
  readonly context?: Context;
  readonly issues: readonly Issue[];
}

/**
 * Validates a value as a context: first by the schema, then by the checks that a schema cannot express. Secrets are looked for in any value, also in
 * one that is no context. With `positions`, issues say where in the file.
 */
export function validateContext(value: unknown, positions?: Positions): ValidatedContext {
  const secrets = checkSecrets(value).map((issue) => placeIssue(issue, positions));
  const { value: context, issues } = validateValue<Context>(validate_context, value, positions);
  if (context === undefined) return { issues: [...secrets, ...issues] };
  const all = [...secrets, ...checkContext(context).map((issue) => placeIssue(issue, positions))];
  return all.some((issue) => issue.severity !== 'warning') ? { issues: all } : { context, issues: all };
}

/** Validates a part of a context: nothing is required of its objects, and items of lists may be partial where they name their id. */
export function validateAnswers(value: unknown, positions?: Positions): Validated<Answers> {
  return refuseSecrets(value, positions, validateValue<Answers>(validate_answers, value, positions, mayLackInAnswers));
}

/** Validates a project's configuration; its `answers` are validated as such. */
export function validateConfig(value: unknown, positions?: Positions): Validated<Config> {
  const inAnswers = /^\/(?:answers|target)(?:\/|$)/;
  return refuseSecrets(
    value,
    positions,
    validateValue<Config>(validate_config, value, positions, (error) => inAnswers.test(error.instancePath) && mayLackInAnswers(error)),
  );
}

/** Validates the JSON that stands beside a document. */
export function validateCompanion(value: unknown, positions?: Positions): Validated<Companion> {
  return validateValue<Companion>(validate_companion, value, positions);
}

/** Validates what `planwright analyze --format json` prints. */
export function validateAnalysis(value: unknown, positions?: Positions): Validated<AnalysisReport> {
  return validateValue<AnalysisReport>(validate_analysis, value, positions);
}

/** Validates sizes of tables. */
export function validateStats(value: unknown, positions?: Positions): Validated<Stats> {
  return validateValue<Stats>(validate_stats, value, positions);
}

/** Validates the front matter of a template. */
export function validateManifest(value: unknown, positions?: Positions): Validated<Manifest> {
  return validateValue<Manifest>(validate_manifest, value, positions);
}

function refuseSecrets<T>(value: unknown, positions: Positions | undefined, validated: Validated<T>): Validated<T> {
  const secrets = checkSecrets(value).map((issue) => placeIssue(issue, positions));
  return secrets.length > 0 ? { issues: [...secrets, ...validated.issues] } : validated;
}
