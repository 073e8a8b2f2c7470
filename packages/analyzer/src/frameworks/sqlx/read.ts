import { readPairs } from '../../layouts/pairs.js';
import type { Read } from '../framework.js';

/** `<version>_<name>.up.sql` with `.down.sql`, by the number of the version. */
export const read: Read = readPairs;
