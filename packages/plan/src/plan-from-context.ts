import type { Classification, Command, Context, Framework, Issue, Snapshot } from '@planwright/spec';
import { type CompleteOptions, completeContext } from './complete-context.js';
import { sequenceOf } from './context/sequence.js';
import { type Documents, type RenderInput, renderAll } from './documents.js';
import { writeSql } from './write-sql.js';

export interface ContextInput extends RenderInput, Pick<CompleteOptions, 'lists'> {
  /** The schema before the change; default `context.change.before`. */
  readonly snapshot?: Snapshot;
  readonly framework?: Framework;
  readonly commands?: readonly Command[];
}

/** A plan: the whole context, its documents, and what is still open or wrong. */
export interface Plan extends Documents {
  readonly context: Context;
  readonly classification: Classification;
}

/** Plans from a context that somebody wrote, be it operations alone: SQL is written, every computed part is filled, and each template is rendered. */
export async function planFromContext(given: Context, input: ContextInput): Promise<Plan> {
  const sequence = given.sequence ?? sequenceOf(given.change);
  const sql = await writeSql({ ...given, sequence });
  // A sequence that nobody gave stays derived.
  const origins = given.sequence ? given.origins : { ...given.origins, '/sequence': 'derived' as const };
  const completed = await completeContext({ ...given, sequence: { ...sequence, migrations: sql.migrations }, ...(origins && { origins }) }, input);
  const rendered = renderAll(completed.context, input);
  const issues: Issue[] = [...sql.issues, ...completed.issues, ...rendered.issues];
  return { context: completed.context, classification: completed.context.classification ?? {}, ...rendered, issues };
}
