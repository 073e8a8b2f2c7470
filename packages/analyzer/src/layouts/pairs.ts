import type { Issue } from '@planwright/spec';
import type { MigrationFolder, MigrationSource, SourceFile } from '../project.js';
import type { ProjectFiles } from '../project-files.js';
import { FoundFolder } from './found-folder.js';
import { fileName, folderOf, groupBy } from './paths.js';
import { nameWithoutVersion, sortedByVersion, versionOf } from './version.js';

const upEnding = '.up.sql';
const downEnding = '.down.sql';

/**
 * Folders with `<id>.up.sql` files, and `<id>.down.sql` beside them. A first line `-- no-transaction` keeps a file out of a transaction, as sqlx has it.
 * Several frameworks ask, and the files are read once.
 */
export function readPairs(files: ProjectFiles): readonly MigrationFolder[] {
  return files.once(pairsIn);
}

function pairsIn(files: ProjectFiles): readonly MigrationFolder[] {
  const found = files.sql.filter((file) => file.path.endsWith(upEnding) && fileName(file.path) !== upEnding);
  if (found.length === 0) return [];
  const migrationOf = (up: SourceFile): MigrationSource => {
    const id = fileName(up.path).slice(0, -upEnding.length);
    const down = files.at(up.path.slice(0, -upEnding.length) + downEnding);
    const marked = /^\uFEFF?\s*--\s*no-transaction\b/.test(up.text);
    return {
      id,
      name: nameWithoutVersion(id),
      up,
      ...(down ? { down } : {}),
      ...(marked ? { transaction: { mode: 'none' as const, reason: 'Its first line is `-- no-transaction`.' } } : {}),
    };
  };
  return [...groupBy(found, (file) => folderOf(file.path))].map(
    ([folder, ups]) =>
      new FoundFolder(folder, () => {
        const migrations = sortedByVersion(ups.map(migrationOf));
        return { migrations, issues: sameVersions(migrations) };
      }),
  );
}

/** Two migrations of one version: which runs first is not told by their names. */
export function sameVersions(migrations: readonly MigrationSource[]): readonly Issue[] {
  const issues: Issue[] = [];
  let before: MigrationSource | undefined;
  let last = '';
  for (const migration of migrations) {
    const version = versionOf(migration.id).join('.');
    if (before && version !== '' && version === last)
      issues.push({
        code: 'same-version',
        message: `${before.id} and ${migration.id} have the same version; they are taken in the order of their names.`,
        file: migration.up.path,
        severity: 'warning',
        hint: 'Give each migration a version of its own.',
      });
    before = migration;
    last = version;
  }
  return issues;
}
