import type { Context, Issue, ValidationQuery } from '@planwright/spec';
import type { EarlierMigration, RehearsalInput } from '../rehearsal-input.js';
import type { Expected } from './expected-extensions.js';
import { extensionsOf } from './missing.js';
import { Refusals } from './refusals.js';
import { isAsWritten, type Rehearsed, sequenceMigrations, writtenMigrations } from './subject.js';

/** What is rehearsed: nothing in it changes while it is. */
export interface Rehearsal {
  readonly context: Context;
  /** The default schema. */
  readonly schema: string;
  readonly history: readonly EarlierMigration[];
  /** The change as its author wrote it. */
  readonly written: readonly Rehearsed[];
  /** The sequence; the change itself, where there is none. */
  readonly planned: readonly Rehearsed[];
  /** One run shows both. */
  readonly asWritten: boolean;
  /** Every statement of all of them. */
  readonly texts: readonly string[];
  /** Extensions that they create, and those that they expect to be there. */
  readonly extensions: readonly string[];
  readonly expected: Expected;
  readonly queries: readonly ValidationQuery[];
  /** Rows that are made for each table. */
  readonly rows: number;
  readonly seed: number;
  /** What is not run because it reaches outside. */
  readonly refused: readonly Issue[];
  tell(doing: string): void;
}

/** What is rehearsed of an input. `expected` are extensions that it has turned out to expect. */
export function rehearsalOf(input: RehearsalInput, expected: Expected): Rehearsal {
  const { context, history: earlier = [], rows = 0, seed = 1 } = input;
  const { change, sequence } = context;
  const refusals = new Refusals();
  const history = earlier.map((migration) => refusals.earlier(migration));
  const written = writtenMigrations(change).map((migration) => refusals.rehearsed(migration, change));
  const planned = sequence ? sequenceMigrations(sequence).map((migration) => refusals.rehearsed(migration, change)) : written;
  const texts = [...history.flatMap(({ statements }) => statements), ...[...written, ...planned].flatMap(({ statements }) => statements.map(({ sql }) => sql))];
  return {
    context,
    schema: change.before?.defaultSchema ?? 'public',
    history,
    written,
    planned,
    asWritten: isAsWritten(context),
    texts,
    extensions: [...new Set([...extensionsOf(texts), ...expected.keys()])].sort(),
    expected,
    queries: queriesOf(context),
    rows,
    seed,
    refused: refusals.issues,
    tell: (doing) => input.onProgress?.(doing),
  };
}

function queriesOf({ validation = [], sequence }: Context): readonly ValidationQuery[] {
  const all = [...validation, ...(sequence?.migrations ?? []).flatMap(({ validation: own }) => own ?? [])];
  // A scratch server has a version and an idle life of its own: neither says anything of the one that the plan will run on.
  return all.filter(({ check }) => check !== 'version' && check !== 'activity');
}
