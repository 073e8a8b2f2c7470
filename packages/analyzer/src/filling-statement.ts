import type { UpStatement } from '@planwright/sql';
import type { JudgedStatement } from './judged-statement.js';

/** A statement of a sequence with its inserts into tables that nobody has filled; see `FirstFills`. */
export type FillingStatement = JudgedStatement & Required<Pick<UpStatement, 'fills'>>;

/** The statement as its way back is asked for. */
export function upOf({
  statement: { sql, operations },
  before,
  fills,
}: Pick<JudgedStatement, 'statement' | 'before'> & Partial<Pick<FillingStatement, 'fills'>>): UpStatement {
  return { before, operations, ...(fills && { fills }), ...(sql === undefined ? {} : { sql }) };
}
