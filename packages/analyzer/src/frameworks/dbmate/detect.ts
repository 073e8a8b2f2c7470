import type { Detect } from '../framework.js';

/** Its markers are dbmate's own. */
export const detect: Detect = (_, { migrations }) => {
  const [first] = migrations;
  return first ? { strength: 3, from: first.up.path, databaseUrlVariable: 'DATABASE_URL' } : undefined;
};
