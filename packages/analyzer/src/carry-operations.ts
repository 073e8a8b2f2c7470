import type { Operation } from '@planwright/spec';
import type { Report } from './apply/applier.js';
import { applyToDraft } from './apply-operation.js';
import type { Draft } from './draft/draft.js';
import type { Judgeable } from './judged-statement.js';
import { tablesNamedBy } from './named-tables.js';
import { neighbours } from './neighbours.js';
import { restsOn } from './rests-on.js';
import { onTheWayBack } from './tables-with-type.js';

/** Carries the operations of a statement that nobody has read from SQL into the draft, and keeps what its verdicts rest on. */
export function carryOperations(
  draft: Draft,
  operations: readonly Operation[],
  report: Report,
): Pick<Judgeable, 'operations' | 'touched' | 'neighbours' | 'restsOn'> {
  draft.mark();
  const rests = restsOn(draft, operations);
  for (const operation of operations) applyToDraft(draft, operation, report);
  const back = onTheWayBack(draft, operations);
  return {
    operations,
    touched: draft.touched(tablesNamedBy(operations, back.tables), back.views),
    neighbours: neighbours(draft, operations),
    restsOn: rests,
  };
}
