import type { Issue, Snapshot, Target, TransactionMode } from '@planwright/spec';
import { type LoadOptions, loadDatabase } from '@planwright/sql';
import type { PostgresqlDialect } from '@planwright/sql/postgresql';
import { Draft } from './draft/draft.js';
import type { Conventions } from './frameworks/framework.js';
import { frameworks } from './generated/frameworks.js';
import type { MigrationSource, Project, SourceFile } from './project.js';
import { type ProjectWishes, readProject } from './read-project.js';
import { type ReadStatement, readParsed, type Script } from './read-script.js';
import { refusedInTransaction, type Transaction, transactionOf } from './transaction-mode.js';

export interface HistoryInput extends ProjectWishes {
  readonly files: readonly SourceFile[];
  /** PostgreSQL's dialect, when the caller has loaded it already. */
  readonly dialect?: PostgresqlDialect;
  readonly load?: LoadOptions;
}

/** One migration of a history, read once. */
export interface HistoryMigration {
  readonly source: MigrationSource;
  readonly transaction: Transaction;
  readonly statements: readonly ReadStatement[];
  /** The whole schema before it and after it; objects that it does not touch are shared. */
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** What is wrong in its file, or contradicts the schema before. */
  readonly issues: readonly Issue[];
}

/** All migrations of a project, with the schema between them. */
export interface History {
  readonly project: Project;
  readonly conventions: Conventions;
  readonly dialect: PostgresqlDialect;
  readonly migrations: readonly HistoryMigration[];
  /** The schema after the last. */
  readonly snapshot: Snapshot;
  /** Issues of the project: detection, order, files left out. Those of a migration are with it. */
  readonly issues: readonly Issue[];
}

/** Reads a project's migrations, each once and in order. Without migrations, or for a database that is not analysed yet, there is no history but issues. */
export async function readHistory(input: HistoryInput): Promise<History | { readonly issues: readonly Issue[] }> {
  const project = readProject(input.files, input);
  if (!('migrations' in project)) return project;
  const unsupported = unsupportedDatabase(project.target);
  if (unsupported) return { issues: [...project.issues, unsupported] };
  return historyOf(project, input);
}

/** Scripts that belong to no project, in the order in which they run. */
export interface ScriptsInput extends Pick<HistoryInput, 'dialect' | 'load'> {
  readonly files: readonly SourceFile[];
  /** A script that makes the schema they meet. */
  readonly before?: SourceFile;
  /** How each of them runs; as plain SQL files do if absent. */
  readonly transaction?: TransactionMode;
}

/** Reads scripts as a history of their own: each is a migration, and `before` the first of them. */
export async function readScripts({ files, before, transaction, ...input }: ScriptsInput): Promise<History> {
  const given = transaction === undefined ? {} : { transaction: { mode: transaction, reason: 'Each statement commits by itself.' } };
  const migrations = files.map((up): MigrationSource => ({ id: up.path, name: up.path.replace(/^.*\/|\.sql$/g, ''), up, ...given }));
  const first: readonly MigrationSource[] = before ? [{ id: before.path, name: 'before', up: before }] : [];
  const target: Target = { database: 'postgresql', framework: 'sql', detection: { framework: { how: 'given' }, database: { how: 'given' } } };
  return historyOf({ folder: '', migrations: [...first, ...migrations], issues: [], target }, input);
}

async function historyOf(project: Project, input: Pick<HistoryInput, 'dialect' | 'load'>): Promise<History> {
  const conventions = conventionsOf(project.target.framework);
  const dialect = input.dialect ?? (await loadDatabase('postgresql', input.load));
  const draft = new Draft();
  let snapshot = draft.finish();
  const migrations: HistoryMigration[] = [];
  for (const [source, script] of parsedAhead(dialect, project.migrations)) {
    const migration = readMigration(dialect, conventions, source, script, draft, snapshot);
    snapshot = migration.after;
    migrations.push(migration);
  }
  return { project, conventions, dialect, migrations, snapshot, issues: project.issues };
}

/** Conventions of a framework by its id; those of plain SQL files for one that is not known. */
export function conventionsOf(framework: string | undefined): Conventions {
  const known = frameworks.find(({ id }) => id === framework) ?? frameworks.find(({ id }) => id === 'sql');
  if (!known) throw new Error('The registry of frameworks lacks plain SQL: run `npm run generate` in packages/analyzer.');
  return known.conventions;
}

/** Length of the texts that are parsed one after the other, in code units: a tree takes about thirty times its text, so that some four megabytes of them wait. */
const ahead = 1 << 17;

/** Migrations with their parsed scripts, in order. Several are parsed at a time: the grammar is faster where nothing else runs between two files. */
function* parsedAhead(dialect: PostgresqlDialect, migrations: readonly MigrationSource[]): Generator<readonly [MigrationSource, Script]> {
  const parsed: (readonly [MigrationSource, Script])[] = [];
  let length = 0;
  for (const source of migrations) {
    parsed.push([source, dialect.parse(source.up.text, { file: source.up.path })]);
    length += source.up.text.length;
    if (length < ahead) continue;
    yield* taken(parsed);
    length = 0;
  }
  yield* taken(parsed);
}

/** The items of a list, which keeps none of them once it is taken: a tree goes as soon as it is read. */
function* taken<T>(items: T[]): Generator<T> {
  for (let next = items.shift(); next !== undefined; next = items.shift()) yield next;
}

function readMigration(
  dialect: PostgresqlDialect,
  conventions: Conventions,
  source: MigrationSource,
  script: Script,
  draft: Draft,
  before: Snapshot,
): HistoryMigration {
  // Each migration is a session of its own, as far as it can tell.
  draft.searchPath = [undefined];
  const { statements, issues } = readParsed(dialect, source.up, script, draft);
  dropTemporaryTables(draft, statements);
  const transaction = transactionOf(conventions, source, statements);
  const empty: readonly Issue[] =
    statements.length === 0 && issues.length === 0
      ? [{ code: 'empty-migration', message: `${source.id} holds no statement.`, file: source.up.path, severity: 'warning' }]
      : [];
  return {
    source,
    transaction,
    statements,
    before,
    after: draft.finish(),
    issues: [...issues, ...empty, ...refusedInTransaction(conventions, transaction, statements)],
  };
}

/** Temporary tables end with the session. */
function dropTemporaryTables(draft: Draft, statements: readonly ReadStatement[]): void {
  for (const { operations } of statements) {
    for (const operation of operations) {
      if (operation.type !== 'createTable' || operation.table.persistence !== 'temporary') continue;
      const { schema, name } = operation.table;
      const now = draft.table(draft.plainSchema(schema), name);
      if (now) draft.removeTable(now);
    }
  }
}

function unsupportedDatabase({ database }: Target): Issue | undefined {
  if (database === 'postgresql') return undefined;
  const name = database === 'mysql' ? 'MySQL' : 'SQLite';
  return {
    code: 'database-not-analysed',
    message: `The migrations are for ${name}, which is not analysed yet.`,
    hint: 'PostgreSQL is; name the database if it was taken for another.',
  };
}
