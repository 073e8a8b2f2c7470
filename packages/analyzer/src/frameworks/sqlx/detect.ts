import type { Detect } from '../framework.js';
import { clue, databaseOf } from '../project-clues.js';

/** A dependency on sqlx, or a file that says `-- no-transaction`, which only sqlx reads. */
export const detect: Detect = (files, { folder, migrations }) => {
  const crate = clue(files, /^Cargo\.toml$/, /^\s*sqlx\s*=.*(?:\{[\s\S]*?\})?/m, folder);
  const marked = migrations.find(({ transaction }) => transaction);
  const own = crate?.file.path ?? marked?.up.path;
  if (own === undefined) return undefined;
  const name = databaseOf(/"(postgres|mysql|sqlite)"/.exec(crate?.match[0] ?? '')?.[1]);
  return { strength: 3, from: own, ...(name && crate ? { database: { name, from: crate.file.path } } : {}), databaseUrlVariable: 'DATABASE_URL' };
};
