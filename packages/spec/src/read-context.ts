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
  return { ...validateContext(emptyAsObject(value), positions), positions };
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
