import { readDirectories } from '../../layouts/directories.js';
import { isNumbered, readNumbered } from '../../layouts/numbered.js';
import { readPairs } from '../../layouts/pairs.js';
import { sortedByVersion } from '../../layouts/version.js';
import type { Read } from '../framework.js';

/** SQL files in any of the usual layouts: `<id>/up.sql`, `<id>.up.sql`, or numbered files. */
export const read: Read = (files) => [
  ...readDirectories(files, { up: 'up.sql', down: 'down.sql', sorted: sortedByVersion }),
  ...readPairs(files),
  ...readNumbered(files, {
    accepts: isNumbered,
    downNames: (name) => [name.replace(/\.sql$/, '.down.sql'), name.replace(/\.sql$/, '_down.sql'), name.replace(/\.sql$/, '.rollback.sql')],
  }),
];
