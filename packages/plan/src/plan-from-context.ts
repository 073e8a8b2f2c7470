import { analyzeOperations, defaultVersion } from '@planwright/analyzer';
import type { Classification, Command, Context, Framework, Issue, Snapshot, Statement, WrittenMigration } from '@planwright/spec';
import type { LoadOptions } from '@planwright/sql';
import { loadPostgresql } from '@planwright/sql/postgresql';
import { paceOf } from './batches-of-project.js';
import { type CompleteOptions, completeContext } from './complete-context.js';
import { sequenceOf } from './context/sequence.js';
import { type Documents, type RenderInput, renderAll } from './documents.js';
import { withAnswers, withObservations } from './observe/observed.js';
import { writeSql } from './write-sql.js';

export interface ContextInput extends RenderInput, Pick<CompleteOptions, 'lists'> {
  /** The schema before the change; default `context.change.before`. */
  readonly snapshot?: Snapshot;
  readonly framework?: Framework;
  readonly commands?: readonly Command[];
  /** How the grammar is loaded where there is no file system. */
  readonly load?: LoadOptions;
}

/** A plan: the whole context, its documents, and what is still open or wrong. */
export interface Plan extends Documents {
  readonly context: Context;
  readonly classification: Classification;
}

/** Plans from a context that somebody wrote, be it operations alone: it is analysed, SQL is written, every computed part is filled, and each template is rendered. */
export async function planFromContext(given: Context, input: ContextInput): Promise<Plan> {
  const analysed = given.sequence ? { context: given, issues: [] } : await analysedContext(given, input);
  const sql = await writeSql(analysed.context);
  const context = { ...analysed.context, sequence: { ...analysed.context.sequence, migrations: sql.migrations } };
  const completed = await completeContext(withObservations(context), input);
  const answered = withAnswers(completed.context);
  const rendered = renderAll(answered, input);
  const issues: Issue[] = [...analysed.issues, ...sql.issues, ...completed.issues, ...rendered.issues];
  return { context: answered, classification: answered.classification ?? {}, ...rendered, issues };
}

/** The context with verdicts, ways back and a sequence, where its database is analysed; else with the change as its sequence. A sequence that nobody gave is derived. */
async function analysedContext(
  given: Context,
  { now, framework, load }: ContextInput,
): Promise<{ readonly context: Context; readonly issues: readonly Issue[] }> {
  const origins = { ...given.origins, '/sequence': 'derived' as const };
  if (given.target.database !== 'postgresql') return { context: { ...given, sequence: sequenceOf(given.change), origins }, issues: [] };
  const name = framework?.id ?? given.target.framework;
  const { version } = given.target;
  const zeroDowntime = given.classification?.zeroDowntime;
  const conventions = given.project?.conventions;
  const stats = given.tables?.facts;
  const { change, sequence, issues } = analyzeOperations({
    change: { ...given.change, migrations: given.change.migrations.map(oneByOne) },
    ...(name && { framework: name }),
    stamp: now.replace(/\D/g, '').slice(0, 14),
    dialect: await loadPostgresql(load),
    ...(version !== undefined && { version }),
    ...(zeroDowntime !== undefined && { zeroDowntime }),
    ...(stats && { stats }),
    ...(conventions && { pace: paceOf(conventions) }),
  });
  const target: Context['target'] = version === undefined ? { ...given.target, version: String(defaultVersion), versionBasis: 'default' } : given.target;
  return { context: { ...given, target, change, sequence, origins }, issues };
}

/** Operations that have no SQL yet become a statement each: each has locks, and a way back, of its own. Ids are given anew then. */
function oneByOne(migration: WrittenMigration): WrittenMigration {
  const isSeveral = ({ sql, operations, verdicts }: Statement) => sql === undefined && verdicts === undefined && operations.length > 1;
  if (!migration.statements.some(isSeveral)) return migration;
  const statements = migration.statements.flatMap(({ id: _id, ...statement }): Statement[] =>
    isSeveral(statement) ? statement.operations.map((operation) => ({ ...statement, operations: [operation] })) : [statement],
  );
  return { ...migration, statements };
}
