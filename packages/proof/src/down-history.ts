import { readHistory } from '@planwright/analyzer';
import { createPglite, emptyDatabase, type RehearsedDown, type RehearsedDowns, rehearseDowns } from '@planwright/rehearsal';
import { readFolder } from './read-folder.js';
import type { NoHistory } from './replay-history.js';

/** The ways back of one history. */
export interface DownHistory extends RehearsedDowns {
  readonly migrations: number;
  readonly milliseconds: number;
}

/** Runs a project's migrations one after the other and tries, after each, the way back from it and the project's own. */
export async function downHistory(folder: string, prelude = '', onTried: (down: RehearsedDown) => void = () => {}): Promise<DownHistory | NoHistory> {
  const start = performance.now();
  const history = await readHistory({ files: readFolder(folder) });
  if (!('migrations' in history)) return history;
  const pieces = (text: string): readonly string[] => history.dialect.split(text).pieces.map(({ sql }) => sql);
  const scripts = [prelude, ...history.migrations.flatMap(({ statements }) => statements.map(({ sql }) => sql))].join('\n');
  const extensions = [...scripts.matchAll(/\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?"?([\w-]+)/gi)].flatMap(([, name]) => name ?? []);
  const engine = await createPglite({ extensions, from: await emptyDatabase() });
  try {
    const migrations = history.migrations.map(({ source, transaction, statements, before, after }) => ({
      id: source.id,
      transaction: transaction.mode,
      statements: statements.map(({ sql }) => sql),
      up: {
        database: 'postgresql' as const,
        before,
        after,
        statements: statements.map(({ touched, operations, sql }) => ({ before: touched.before, operations, sql })),
      },
      ...(source.down === undefined ? {} : { down: pieces(source.down.text) }),
    }));
    const rehearsed = await rehearseDowns(engine, { migrations, before: pieces(prelude), onTried });
    return { ...rehearsed, migrations: migrations.length, milliseconds: performance.now() - start };
  } finally {
    await engine.close();
  }
}
