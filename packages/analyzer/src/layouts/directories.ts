import type { MigrationFolder, MigrationSource, SourceFile } from '../project.js';
import type { ProjectFiles } from '../project-files.js';
import { FoundFolder } from './found-folder.js';
import { fileName, folderOf, groupBy } from './paths.js';
import { nameWithoutVersion } from './version.js';

/** Folders that hold a folder for each migration: `<id>/up.sql`, and `<id>/down.sql` where there is one. */
export function readDirectories(
  files: ProjectFiles,
  layout: {
    readonly up: string;
    readonly down: string;
    /** Orders the migrations as they run. */
    readonly sorted: (migrations: readonly MigrationSource[]) => readonly MigrationSource[];
    readonly transaction?: (folder: string) => MigrationSource['transaction'];
  },
): readonly MigrationFolder[] {
  const ending = `/${layout.up}`;
  const found = files.sql.filter(({ path }) => path.endsWith(ending) && path !== ending);
  if (found.length === 0) return [];
  const migrationOf = (up: SourceFile): MigrationSource => {
    const own = folderOf(up.path);
    const id = fileName(own);
    const down = files.at(`${own}/${layout.down}`);
    const transaction = layout.transaction?.(own);
    return { id, name: nameWithoutVersion(id), up, ...(down ? { down } : {}), ...(transaction ? { transaction } : {}) };
  };
  return [...groupBy(found, (file) => folderOf(folderOf(file.path)))].map(
    ([folder, ups]) => new FoundFolder(folder, () => ({ migrations: layout.sorted(ups.map(migrationOf)), issues: [] })),
  );
}
