import type { Detect } from '../framework.js';
import { clue, databaseOf, databaseOfPath } from '../project-clues.js';

/** A configuration file of Diesel, a dependency on it, its first migration, or versions as it writes them. */
export const detect: Detect = (files, { folder, migrations }) => {
  const config = clue(files, /^diesel.*\.toml$/, /\[print_schema\]|\[migrations_directory\]|^\s*file\s*=/m, folder);
  const crate = clue(files, /^Cargo\.toml$/, /^\s*diesel\s*=.*$/m, folder);
  const metadata = files.others.find(({ path, text }) => path.startsWith(folder) && path.endsWith('/metadata.toml') && text.includes('run_in_transaction'));
  const initial = migrations.find(({ id }) => id.endsWith('_diesel_initial_setup'));
  const own = config?.file.path ?? crate?.file.path ?? metadata?.path ?? initial?.up.path;
  const dashed = migrations.some(({ id }) => /^\d{4}-\d{2}-\d{2}-\d{6}/.test(id));
  if (own === undefined && !dashed) return undefined;
  const feature = databaseOf(/"(postgres|mysql|sqlite)"/.exec(crate?.match[0] ?? '')?.[1]);
  const path = databaseOfPath(folder);
  const database = feature && crate ? { name: feature, from: crate.file.path } : path ? { name: path, from: folder } : undefined;
  return {
    strength: own === undefined ? 2 : 3,
    ...(own === undefined ? {} : { from: own }),
    ...(database ? { database } : {}),
    databaseUrlVariable: 'DATABASE_URL',
  };
};
