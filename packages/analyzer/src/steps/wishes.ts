import type { TableFacts } from '@planwright/spec';
import type { Pace } from './batches.js';

/** What decides how a change is carried out. */
export interface Wishes {
  readonly version: number;
  readonly stats: ReadonlyMap<string, TableFacts>;
  /** Users must not notice; `false` says that a maintenance window is fine. */
  readonly zeroDowntime?: boolean;
  readonly pace: Pace;
}
