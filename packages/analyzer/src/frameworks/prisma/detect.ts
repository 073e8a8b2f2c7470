import { pathIn } from '../../layouts/paths.js';
import type { Detect } from '../framework.js';
import { clue, databaseOf, packageVersion } from '../project-clues.js';

/** `migration_lock.toml` is Prisma's own; the provider is in it and in schema.prisma. */
export const detect: Detect = (files, { folder }) => {
  const lock = files.at(pathIn(folder, 'migration_lock.toml'));
  const provider = /provider\s*=\s*"(\w+)"/;
  const schema = clue(files, /\.prisma$/, /datasource\s+\w+\s*\{[^}]*\}/, folder);
  const source = schema?.match[0] ?? '';
  const schemaName = databaseOf(provider.exec(source)?.[1]);
  const lockName = databaseOf(provider.exec(lock?.text ?? '')?.[1]);
  const name = schemaName ?? lockName;
  const variable =
    /url\s*=\s*env\("(\w+)"\)/.exec(source)?.[1] ??
    clue(files, /^prisma\.config\.[cm]?[jt]s$/, /env(?:<[^>]*>)?\(\s*["'](\w+)["']\s*\)|process\.env\.(\w+)/, folder)
      ?.match.slice(1)
      .find(Boolean);
  const version = packageVersion(files, 'prisma', folder) ?? packageVersion(files, '@prisma/client', folder);
  const from = schemaName ? schema?.file.path : lock?.path;
  return {
    strength: lock || schema ? 3 : 2,
    ...(from === undefined ? {} : { from }),
    ...(name && from !== undefined ? { database: { name, from } } : {}),
    ...(variable ? { databaseUrlVariable: variable } : {}),
    ...(version ? { frameworkVersion: version } : {}),
  };
};
