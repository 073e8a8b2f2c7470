import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Answers, Config, Issue } from '@planwright/spec';
import { InvalidInput } from './invalid-input.js';
import { readText } from './project-files.js';
import { shownPath } from './shown-path.js';

/** What `planwright.config.yaml` (or `.yml`, `.json`) of a project says, and where it stands. */
export interface Configuration {
  readonly config: Config;
  /** Folder of the configuration file, or the project's own. */
  readonly folder: string;
  readonly file?: string;
  /** Warnings. */
  readonly issues: readonly Issue[];
}

/** Names under which a project's configuration is looked for. */
export const configurationNames: readonly string[] = ['planwright.config.yaml', 'planwright.config.yml', 'planwright.config.json'];

/** Finds the configuration of the project in `folder`: there, or above it up to the root of its repository. */
export async function readConfiguration(folder: string): Promise<Configuration> {
  const start = resolve(folder);
  for (let at = start; ; at = dirname(at)) {
    for (const name of configurationNames) {
      const file = join(at, name);
      if (await exists(file)) return { ...(await read(shownPath(file))), folder: at, file };
    }
    if (dirname(at) === at || (await exists(join(at, '.git')))) return { config: {}, folder: start, issues: [] };
  }
}

async function read(file: string): Promise<Pick<Configuration, 'config' | 'issues'>> {
  const text = await textOf(file);
  const { readConfig } = await import('@planwright/spec/validate');
  const { value, issues } = readConfig(text, file);
  if (value === undefined) throw new InvalidInput(issues, new Map([[file, text]]));
  return { config: value, issues };
}

/** Reads files of answers; a later one is laid over an earlier one. */
export async function readAnswerFiles(files: readonly string[], first: Answers = {}): Promise<Answers> {
  let answers = first;
  for (const file of files) {
    const text = await textOf(file);
    const { readAnswers } = await import('@planwright/spec/validate');
    const { value, issues } = readAnswers(text, file);
    if (value === undefined) throw new InvalidInput(issues, new Map([[file, text]]));
    answers = laidOver(answers, value) as Answers;
  }
  return answers;
}

/** What the configuration answers: its `answers`, with its `target`. */
export function answersOf({ answers = {}, target }: Config): Answers {
  return target === undefined ? answers : (laidOver(answers, { target }) as Answers);
}

// Objects are merged key by key; anything else, lists too, is replaced.
function laidOver(below: unknown, above: unknown): unknown {
  if (!isObject(below) || !isObject(above)) return above;
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) merged[key] = key in below ? laidOver(below[key], value) : value;
  return merged;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function textOf(file: string): Promise<string> {
  const text = await readText(file);
  if (typeof text !== 'string') throw new InvalidInput([text]);
  return text;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
