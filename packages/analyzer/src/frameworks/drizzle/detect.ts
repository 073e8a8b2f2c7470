import { pathIn } from '../../layouts/paths.js';
import type { Detect } from '../framework.js';
import { clue, databaseOf, packageVersion } from '../project-clues.js';

/** The journal is Drizzle's own and names the dialect. */
export const detect: Detect = (files, { folder }) => {
  const path = pathIn(folder, 'meta/_journal.json');
  const journal = files.at(path);
  if (!journal) return undefined;
  const name = databaseOf(/"dialect"\s*:\s*"(\w+)"/.exec(journal.text)?.[1]);
  const variable = clue(files, /^drizzle\.config\.[cm]?[jt]s$/, /process\.env\.(\w*(?:URL|URI|DSN)\w*)/, folder)?.match[1];
  const version = packageVersion(files, 'drizzle-kit', folder);
  return {
    strength: 3,
    from: path,
    ...(name ? { database: { name, from: path } } : {}),
    ...(variable ? { databaseUrlVariable: variable } : {}),
    ...(version ? { frameworkVersion: version } : {}),
  };
};
