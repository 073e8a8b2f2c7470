import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { analyzeHistory } from '@planwright/analyzer';
import { createPglite, type Engine, emptyDatabase, isOnRows, readRelations } from '@planwright/rehearsal';
import type { LockMode, Statement, WrittenMigration } from '@planwright/spec';
import { readFolder } from '../read-folder.js';
import { type Difference, differencesOf } from './compare-prediction.js';
import { observeAlone, observeStatement, type SeenWork } from './observe-statement.js';
import { type OldFacts, readOldFacts, unharmed } from './old-facts.js';

/** A statement of a real history with what PostgreSQL did. */
export interface SeenStatement {
  readonly migration: string;
  readonly statement: Statement;
  /** Its migration's file, and where it stands there. */
  readonly written: WrittenMigration;
  /** Locks are absent where they could not be seen: the statement cannot run in a transaction. */
  readonly seen: Omit<SeenWork, 'locks'> & Partial<Pick<SeenWork, 'locks'>>;
  readonly differences: readonly Difference[] | 'no verdict';
  /** It reads or writes anew what was there before its migration, while that is closed to writers. */
  readonly slow: boolean;
  /** It does neither, it is not on rows, and all that was there is there as it was, with no new rule. */
  readonly harmless: boolean;
}

/** One history, statement by statement. */
export interface SeenHistory {
  readonly name: string;
  readonly statements: readonly SeenStatement[];
  /** Where PostgreSQL said no; nothing after it was run. */
  readonly refusal?: string;
}

/** Folders below `root` that hold a PostgreSQL history: by their index.json where they have one, and as they are where not. */
export function historyFolders(root: string): readonly { readonly folder: string; readonly prelude: string }[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .map((name) => join(root, name))
    .filter((folder) => statSync(folder).isDirectory())
    .flatMap((folder) => {
      const index = join(folder, 'index.json');
      if (!existsSync(index)) return [{ folder, prelude: '' }];
      const { dialect, prelude } = JSON.parse(readFileSync(index, 'utf8')) as { readonly dialect?: string; readonly prelude?: string };
      return dialect === 'postgres' ? [{ folder, prelude: prelude ?? '' }] : [];
    });
}

/** Runs a history on a database of its own, each statement in a transaction of its own, so that what earlier ones hold does not hide its locks. */
export async function watchHistory({ folder, prelude }: { readonly folder: string; readonly prelude: string }): Promise<SeenHistory | undefined> {
  const analysis = await analyzeHistory({ files: readFolder(folder) });
  if (!('analyses' in analysis)) return undefined;
  const texts = [prelude, ...analysis.history.migrations.flatMap(({ statements }) => statements.map(({ sql }) => sql))];
  const extensions = texts.flatMap((text) =>
    [...text.matchAll(/\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?"?([\w-]+)/gi)].flatMap(([, name]) => name ?? []),
  );
  const engine = await createPglite({ extensions, from: await emptyDatabase() });
  try {
    for (const { sql } of analysis.history.dialect.split(prelude).pieces) await engine.query(sql);
    const statements: SeenStatement[] = [];
    for (const [{ source }, { change }] of analysis.analyses()) {
      for (const written of change.migrations) {
        const refusal = await watchMigration(engine, source.id, written, statements);
        if (refusal !== undefined) return { name: basename(folder), statements, refusal };
      }
      await engine.query('DISCARD ALL');
    }
    return { name: basename(folder), statements };
  } finally {
    await engine.close();
  }
}

async function watchMigration(engine: Engine, migration: string, written: WrittenMigration, found: SeenStatement[]): Promise<string | undefined> {
  // Under UTC a timestamp becomes a timestamptz without a new file; verdicts are for any time zone.
  await engine.query("SET TIME ZONE 'Europe/Berlin'");
  const there = await readRelations(engine);
  const facts = await readOldFacts(engine, [...there.keys()]);
  let before = facts;
  for (const statement of written.statements) {
    const relations = await readRelations(engine);
    // A temporary table that goes at COMMIT would be gone before the next statement: it goes with the session instead.
    const sql = (statement.sql ?? '').replace(/\bon\s+commit\s+drop\b/i, '');
    const seen = await watchStatement(engine, sql, relations);
    if ('refusal' in seen) return `${migration}: ${seen.refusal}: ${sql.slice(0, 200)}`;
    const old = new Set([...relations].flatMap(([oid, name]) => (there.has(oid) ? [name] : [])));
    const after = await readOldFacts(engine, [...there.keys()]);
    found.push(judgedBy({ migration, statement, written, seen, known: new Set(relations.values()), old, before, after }));
    before = after;
  }
  return undefined;
}

type Watched = SeenStatement['seen'];

async function watchStatement(
  engine: Engine,
  sql: string,
  relations: Awaited<ReturnType<typeof readRelations>>,
): Promise<Watched | { readonly refusal: string }> {
  await engine.query('BEGIN');
  const seen = await observeStatement(engine, sql, relations);
  if (!('error' in seen)) {
    await engine.query('COMMIT');
    return seen;
  }
  await engine.query('ROLLBACK');
  // 25001: it cannot run inside a transaction; 25P01: it ends one.
  const alone = seen.error.code === '25001' || seen.error.code === '25P01' ? await observeAlone(engine, sql, relations) : seen;
  return 'error' in alone ? { refusal: `${alone.error.code} ${alone.error.message}` } : alone;
}

const blocking: ReadonlySet<LockMode> = new Set(['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE']);

function judgedBy(at: {
  readonly migration: string;
  readonly statement: Statement;
  readonly written: WrittenMigration;
  readonly seen: Watched;
  readonly known: ReadonlySet<string>;
  readonly old: ReadonlySet<string>;
  readonly before: OldFacts;
  readonly after: OldFacts;
}): SeenStatement {
  const { migration, statement, written, seen, known, old } = at;
  const { operations } = statement;
  const verdict = statement.verdicts?.lock;
  const onRows = operations.some(isOnRows);
  const closed = seen.locks?.some(({ relation, mode }) => old.has(relation) && blocking.has(mode)) ?? false;
  const emptied = operations.some(({ type }) => type === 'truncateTable');
  const worked = [...seen.scanned, ...(emptied ? [] : seen.rewritten)].some((relation) => old.has(relation));
  const slow = closed && worked;
  return {
    migration,
    statement,
    written,
    seen,
    differences: verdict ? differencesOf({ verdict, operations, seen, known, old }) : 'no verdict',
    slow,
    harmless: !slow && !onRows && !operations.some(({ type }) => type === 'changePrivileges') && unharmed(at.before, at.after),
  };
}
