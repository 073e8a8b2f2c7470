import type { Detect } from '../framework.js';
import { clue, databaseOf } from '../project-clues.js';

/** The names alone are Flyway's; its configuration names the database. */
export const detect: Detect = (files, { folder }) => {
  const config = clue(files, /^flyway\.(?:conf|toml)$/, /jdbc:(\w+)/, folder) ?? clue(files, /^application.*\.(?:ya?ml|properties)$/, /jdbc:(\w+)/, folder);
  const name = databaseOf(config?.match[1]);
  return {
    strength: 3,
    ...(config ? { from: config.file.path } : {}),
    ...(name && config ? { database: { name, from: config.file.path } } : {}),
    databaseUrlVariable: 'FLYWAY_URL',
  };
};
