import type { MigrationFolder, MigrationSource, SourceFile } from '../project.js';
import { fileName, folderOf, groupBy } from './paths.js';
import { nameWithoutVersion } from './version.js';

/** Folders that hold a folder for each migration: `<id>/up.sql`, and `<id>/down.sql` where there is one. */
export function readDirectories(
  files: readonly SourceFile[],
  layout: {
    readonly up: string;
    readonly down: string;
    readonly order: (one: string, other: string) => number;
    readonly transaction?: (folder: string) => MigrationSource['transaction'];
  },
): readonly MigrationFolder[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const found = files.filter((file) => fileName(file.path) === layout.up && folderOf(file.path) !== '');
  return [...groupBy(found, (file) => folderOf(folderOf(file.path)))].map(([folder, ups]) => {
    const migrations = ups.map((up): MigrationSource => {
      const id = fileName(folderOf(up.path));
      const down = byPath.get(`${folderOf(up.path)}/${layout.down}`);
      const transaction = layout.transaction?.(folderOf(up.path));
      return { id, name: nameWithoutVersion(id), up, ...(down ? { down } : {}), ...(transaction ? { transaction } : {}) };
    });
    return { folder, migrations: migrations.sort((one, other) => layout.order(one.id, other.id)), issues: [] };
  });
}
