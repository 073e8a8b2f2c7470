import type { MigrationFolder, MigrationSource, SourceFile } from '../project.js';
import type { ProjectFiles } from '../project-files.js';
import { FoundFolder } from './found-folder.js';
import { sameVersions } from './pairs.js';
import { fileName, folderOf, groupBy, pathIn } from './paths.js';
import { nameWithoutVersion, sortedByVersion } from './version.js';

/** What makes a file of a folder a migration, and what goes with it. */
export interface NumberedLayout {
  /** Whether the file, by its name and text, is one; its down part and transaction are told by `split`. */
  readonly accepts: (name: string, text: string) => boolean;
  readonly split?: (file: SourceFile) => Pick<MigrationSource, 'up' | 'down' | 'transaction'>;
  /** Names that the down file of a migration may have. */
  readonly downNames?: (name: string) => readonly string[];
}

/** Plain numbered files: `001_orders.sql`. */
export function isNumbered(name: string): boolean {
  return /^[VvBb]?\d+[._-].*\.sql$/.test(name) && !/\.(?:up|down|undo|rollback)\.sql$/.test(name) && !/[._-]down\.sql$/.test(name);
}

/** Folders with one file for each migration. */
export function readNumbered(files: ProjectFiles, layout: NumberedLayout): readonly MigrationFolder[] {
  const found = files.sql.filter((file) => layout.accepts(fileName(file.path), file.text));
  if (found.length === 0) return [];
  const migrationOf = (file: SourceFile): MigrationSource => {
    const name = fileName(file.path);
    const id = name.replace(/\.sql$/, '');
    const parts = layout.split?.(file) ?? { up: file };
    const down = parts.down ?? layout.downNames?.(name).flatMap((other) => files.at(pathIn(folderOf(file.path), other)) ?? [])[0];
    return { id, name: nameWithoutVersion(id), ...parts, ...(down ? { down } : {}) };
  };
  return [...groupBy(found, (file) => folderOf(file.path))].map(
    ([folder, group]) =>
      new FoundFolder(folder, () => {
        const migrations = sortedByVersion(group.map(migrationOf));
        return { migrations, issues: sameVersions(migrations) };
      }),
  );
}
