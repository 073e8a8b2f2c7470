import { readHistory } from '@planwright/analyzer';
import {
  createPglite,
  type Engine,
  type Fingerprint,
  type FingerprintDifference,
  fingerprintDifference,
  readDefinitions,
  readFingerprint,
} from '@planwright/rehearsal';
import { downBetween } from '@planwright/sql';
import { readFolder } from './read-folder.js';
import { replay } from './replay.js';
import type { NoHistory } from './replay-history.js';

/** What became of a way back. */
export interface TriedDown {
  readonly statements: readonly string[];
  /** Why it does not run. */
  readonly error?: string;
  readonly difference?: FingerprintDifference;
}

/** One migration's ways back: the one from the catalogues, and that of the project where there is one. */
export interface DownReport {
  readonly id: string;
  readonly ours: TriedDown;
  readonly theirs?: TriedDown;
}

/** All of one history. */
export interface DownHistory {
  readonly migrations: number;
  readonly reports: readonly DownReport[];
  /** Why the history ends early. */
  readonly refusal?: string;
  readonly milliseconds: number;
}

/** Runs a project's migrations one after the other and tries, after each, the way back from it. */
export async function downHistory(folder: string, prelude = ''): Promise<DownHistory | NoHistory> {
  const start = performance.now();
  const history = await readHistory({ files: readFolder(folder) });
  if (!('migrations' in history)) return history;
  const names = [
    ...`${prelude}\n${history.migrations.flatMap(({ statements }) => statements.map(({ sql }) => sql)).join('\n')}`.matchAll(
      /\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?"?([\w-]+)/gi,
    ),
  ];
  const engine = await createPglite({ extensions: names.flatMap(([, name]) => name ?? []) });
  const reports: DownReport[] = [];
  try {
    await replay(engine, [{ id: 'the prelude', transaction: 'none', statements: history.dialect.split(prelude).pieces.map(({ sql }) => sql) }]);
    let before = { definitions: await readDefinitions(engine), fingerprint: await readFingerprint(engine) };
    for (const { source, transaction, statements } of history.migrations) {
      const refusal = await replay(engine, [{ id: source.id, transaction: transaction.mode, statements: statements.map(({ sql }) => sql) }]);
      if (refusal)
        return {
          migrations: history.migrations.length,
          reports,
          refusal: `${refusal.migration}: ${refusal.error.message}`,
          milliseconds: performance.now() - start,
        };
      const after = { definitions: await readDefinitions(engine), fingerprint: await readFingerprint(engine) };
      const ours = await attempt(engine, before.fingerprint, () => downBetween({ before: before.definitions, after: after.definitions }).statements);
      const theirs =
        source.down === undefined
          ? undefined
          : await attempt(engine, before.fingerprint, () => history.dialect.split(source.down?.text ?? '').pieces.map(({ sql }) => sql));
      reports.push({ id: source.id, ours, ...(theirs ? { theirs } : {}) });
      before = after;
    }
  } finally {
    await engine.close();
  }
  return { migrations: history.migrations.length, reports, milliseconds: performance.now() - start };
}

async function attempt(engine: Engine, wanted: Fingerprint, write: () => readonly string[]): Promise<TriedDown> {
  let statements: readonly string[] = [];
  await engine.query('BEGIN');
  try {
    statements = write();
    for (const statement of statements) {
      if (/^\s*(begin|commit|start transaction|end)\s*(transaction|work)?\s*$/i.test(statement)) continue;
      // Nobody waits here, and a transaction is around it.
      const { error } = await engine.run(statement.replaceAll(/\bCONCURRENTLY\b/gi, ''));
      if (error) return { statements, error: `${error.code} ${error.message} in: ${statement}` };
    }
    return { statements, difference: fingerprintDifference(wanted, await readFingerprint(engine)) };
  } catch (thrown) {
    return { statements, error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
  } finally {
    await engine.query('ROLLBACK');
    await engine.query('DISCARD ALL');
  }
}
