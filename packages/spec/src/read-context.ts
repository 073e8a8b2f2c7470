import type { Answers, Companion, Config, Context, Issue, Stats } from './generated/types.js';
import { parseText } from './parse-text.js';
import type { Positions } from './positions.js';
import { validateAnswers, validateCompanion, validateConfig, validateContext, validateStats } from './validate-context.js';
import type { Validated } from './validate-value.js';

/** What reading a file gave. `positions` tell where things stand in it, for issues that are found later. */
export interface Read<T> {
  readonly value?: T;
  readonly issues: readonly Issue[];
  readonly positions: Positions;
}

/** A context that was read from a file, or the issues that say why not. Warnings may stand beside a context. */
export interface ReadContext {
  readonly context?: Context;
  readonly issues: readonly Issue[];
  readonly positions: Positions;
}

/**
 * Reads a context from YAML or JSON (by the file's ending, or by how the text begins). Issues say file, line, column and pointer, what was found and
 * expected, and what to do; values in them are redacted.
 */
export function readContext(text: string, file?: string): ReadContext {
  const { value, positions, issues } = parseText(text, file);
  if (value === undefined || issues.length > 0) return { issues, positions };
  if (isCompanion(value)) return { issues: [companionIssue(file)], positions };
  if (isPlanOutput(value)) {
    const within: Positions = {
      file,
      keyAt: (pointer) => positions.keyAt(`/context${pointer}`),
      valueAt: (pointer) => positions.valueAt(`/context${pointer}`),
      sourceAt: (pointer) => positions.sourceAt(`/context${pointer}`),
    };
    return { ...validateContext(emptyAsObject(value.context), within), positions: within };
  }
  return { ...validateContext(emptyAsObject(value), positions), positions };
}

/** The JSON beside a document: people take it for the plan. */
function isCompanion(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '$schema' in value && String(value.$schema).endsWith('/companion.schema.json');
}

function companionIssue(file: string | undefined): Issue {
  return {
    code: 'not-a-context',
    severity: 'error',
    message: 'found the JSON beside a document, expected the context of a plan',
    ...(file === undefined ? {} : { file }),
    hint: 'Give the folder of the project, or what `planwright plan --format json` prints.',
  };
}

/** What `planwright plan --format json` prints holds the context beside its questions. */
function isPlanOutput(value: unknown): value is { readonly context: unknown } {
  return typeof value === 'object' && value !== null && 'context' in value && 'questions' in value && 'issues' in value && !('target' in value);
}

/** Reads a part of a context: the answers of people, which are laid over what was derived. An empty file gives no answers. */
export function readAnswers(text: string, file?: string): Read<Answers> {
  return read(text, file, validateAnswers);
}

/** Reads a project's `planwright.config.yaml` or `.json`. */
export function readConfig(text: string, file?: string): Read<Config> {
  return read(text, file, validateConfig);
}

/** Reads sizes of tables, as `planwright stats` writes them. */
export function readStats(text: string, file?: string): Read<Stats> {
  return read(text, file, validateStats);
}

/** Reads the JSON beside a document. */
export function readCompanion(text: string, file?: string): Read<Companion> {
  return read(text, file, validateCompanion);
}

function read<T>(text: string, file: string | undefined, validate: (value: unknown, positions: Positions) => Validated<T>): Read<T> {
  const { value, positions, issues } = parseText(text, file);
  if (value === undefined || issues.length > 0) return { issues, positions };
  return { ...validate(emptyAsObject(value), positions), positions };
}

// A file with nothing but comments is an empty answer, not a null.
function emptyAsObject(value: unknown): unknown {
  return value ?? {};
}
