import type { Detect } from '../framework.js';
import { clue } from '../project-clues.js';

/** A dependency on golang-migrate, or a command line of it. */
export const detect: Detect = (files, { folder }) => {
  const own = clue(files, /^(?:go\.mod|Makefile|Taskfile\.ya?ml|.*\.sh)$/, /golang-migrate\/migrate|\bmigrate\s+-(?:path|source|database)\b/, folder);
  return own ? { strength: 3, from: own.file.path } : undefined;
};
