import type { Issue } from '@planwright/spec';
import { FoundFolder } from '../../layouts/found-folder.js';
import { readNumbered } from '../../layouts/numbered.js';
import { fileName, folderOf } from '../../layouts/paths.js';
import type { Read } from '../framework.js';

/** `V<version>__<name>.sql`, undone by `U<version>__<name>.sql`. Repeatable ones (`R__`) are left out, and said to be. */
export const read: Read = (files) => {
  const outside = new Set(
    files.others
      .filter(({ path, text }) => path.endsWith('.sql.conf') && /^\s*executeInTransaction\s*=\s*false/m.test(text))
      .map(({ path }) => path.slice(0, -'.conf'.length)),
  );
  const folders = readNumbered(files, {
    accepts: (name) => /^V\d[\d._]*__.+\.sql$/.test(name),
    downNames: (name) => [name.replace(/^V/, 'U')],
    split: (file) => ({
      up: file,
      ...(outside.has(file.path) ? { transaction: { mode: 'none', reason: 'Its .conf file says `executeInTransaction=false`.' } } : {}),
    }),
  });
  return folders.map((folder) => {
    const repeatable = files.sql.filter(({ path }) => folderOf(path) === folder.folder && /^R__.+\.sql$/.test(fileName(path)));
    const issues = repeatable.map(
      ({ path }): Issue => ({
        code: 'migration-repeatable',
        message: `${fileName(path)} runs again whenever it changes; it is no step of the history and was left out.`,
        file: path,
        severity: 'warning',
      }),
    );
    return new FoundFolder(folder.folder, () => ({ migrations: folder.migrations, issues: [...folder.issues, ...issues] }));
  });
};
