import { readDirectories } from '../../layouts/directories.js';
import { sortedByName } from '../../layouts/version.js';
import type { Read } from '../framework.js';

/** `migrations/<id>/migration.sql`, in the order of the folders' names. */
export const read: Read = (files) => readDirectories(files, { up: 'migration.sql', down: 'down.sql', sorted: (migrations) => sortedByName(migrations) });
