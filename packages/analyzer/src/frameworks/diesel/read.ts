import { readDirectories } from '../../layouts/directories.js';
import { sortedByName } from '../../layouts/version.js';
import type { Read } from '../framework.js';

/** `<version>_<name>/up.sql` with `down.sql`; Diesel orders by the version without its dashes. `metadata.toml` can keep one out of a transaction. */
export const read: Read = (files) => {
  const outside = new Set(
    files.others
      .filter(({ path, text }) => path.endsWith('/metadata.toml') && /^\s*run_in_transaction\s*=\s*false/m.test(text))
      .map(({ path }) => path.slice(0, -'/metadata.toml'.length)),
  );
  return readDirectories(files, {
    up: 'up.sql',
    down: 'down.sql',
    sorted: (migrations) => sortedByName(migrations, versionOf),
    transaction: (folder) => (outside.has(folder) ? { mode: 'none', reason: 'metadata.toml says `run_in_transaction = false`.' } : undefined),
  });
};

/** What stands before the first underscore, without dashes. */
function versionOf(id: string): string {
  const end = id.indexOf('_');
  return (end < 0 ? id : id.slice(0, end)).replaceAll('-', '');
}
