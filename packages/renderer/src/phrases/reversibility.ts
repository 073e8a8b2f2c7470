import type { Reversibility, TransactionMode } from '@planwright/spec';
import { OpenQuestion } from '../open-question.js';

/** "Yes", "Yes, with loss: …", "No: …". A condition follows where there is a way back. */
export function reversibility(value: Reversibility | OpenQuestion | undefined): string | OpenQuestion {
  if (value === undefined) return 'not analysed';
  if (value instanceof OpenQuestion) return value;
  const loses = value.loses?.join(', ') ?? value.reason;
  const answer = {
    reversible: 'Yes',
    lossy: loses === undefined ? 'Yes, with loss' : `Yes, with loss: ${loses}`,
    irreversible: value.reason === undefined ? 'No' : `No: ${value.reason}`,
  }[value.kind];
  return value.condition === undefined || value.kind === 'irreversible' ? answer : `${answer}, ${value.condition}`;
}

/** "one transaction", or "outside a transaction, each statement by itself". */
export function transaction(mode: TransactionMode | OpenQuestion | undefined): string | OpenQuestion {
  if (mode instanceof OpenQuestion) return mode;
  return mode === undefined ? 'not known' : mode === 'transactional' ? 'one transaction' : 'outside a transaction, each statement by itself';
}
