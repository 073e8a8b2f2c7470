import type { Issue } from '@planwright/spec';
import { fileName, folderOf, pathIn } from '../../layouts/paths.js';
import { nameWithoutVersion } from '../../layouts/version.js';
import type { MigrationFolder, MigrationSource, SourceFile } from '../../project.js';
import type { ProjectFiles } from '../../project-files.js';
import type { Read } from '../framework.js';

const journalPath = /(?:^|\/)meta\/_journal\.json$/;

/** What `meta/_journal.json` lists is what runs, in its order; SQL files that it does not list are ignored, and said to be. */
export const read: Read = (files) => files.others.filter(({ path }) => journalPath.test(path)).map((journal) => readJournal(files, journal));

function readJournal(files: ProjectFiles, journal: SourceFile): MigrationFolder {
  const folder = folderOf(folderOf(journal.path));
  const tags = tagsOf(journal.text);
  if (!tags)
    return {
      folder,
      migrations: [],
      issues: [
        {
          code: 'journal-unreadable',
          message: 'The journal of Drizzle is not the JSON that it should be.',
          file: journal.path,
          hint: 'Restore it from version control.',
        },
      ],
    };
  const issues: Issue[] = [];
  const migrations = tags.flatMap((tag): readonly MigrationSource[] => {
    const up = files.at(pathIn(folder, `${tag}.sql`));
    if (up) return [{ id: tag, name: nameWithoutVersion(tag), up }];
    issues.push({
      code: 'migration-missing',
      message: `The journal lists ${tag}, of which there is no file.`,
      file: journal.path,
      hint: `Restore ${pathIn(folder, `${tag}.sql`)}.`,
    });
    return [];
  });
  const listed = new Set(tags);
  for (const { path } of files.sql) {
    if (folderOf(path) !== folder || listed.has(fileName(path).replace(/\.sql$/, ''))) continue;
    issues.push({
      code: 'migration-not-listed',
      message: `${fileName(path)} is not in the journal: Drizzle does not run it, and it was left out.`,
      file: path,
      severity: 'warning',
      hint: 'Delete the file, or make it with drizzle-kit.',
    });
  }
  return { folder, migrations, issues };
}

function tagsOf(text: string): readonly string[] | undefined {
  try {
    // What was parsed is checked field by field.
    const journal = JSON.parse(text) as { readonly entries?: unknown };
    if (!Array.isArray(journal.entries)) return undefined;
    const entries = journal.entries.map((entry: { readonly idx?: unknown; readonly tag?: unknown }) => ({
      index: Number(entry.idx ?? 0),
      tag: String(entry.tag ?? ''),
    }));
    return entries.sort((one, other) => one.index - other.index).map(({ tag }) => tag);
  } catch {
    return undefined;
  }
}
