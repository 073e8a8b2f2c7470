import type { ValidationQuery } from '@planwright/spec';
import type { Quoting } from '@planwright/sql';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { RowQueries } from '../row-queries.js';
import type { Survey } from '../survey.js';

/** A query without its id. */
export type Check = Omit<ValidationQuery, 'id'>;

/** What queries are made from. */
export interface Asking {
  readonly survey: Survey;
  readonly quoting: Quoting;
  readonly rows: RowQueries;
  readonly catalogue: Catalogue;
}
