import type { Reversibility, TransactionMode } from '@planwright/spec';
import { OpenQuestion } from '../open-question.js';
import { losses } from './losses.js';

/** "Yes (observed)", "Yes, with loss: …", "No: …". A condition follows where there is a way back, and the basis where it was shown. */
export function reversibility(value: Reversibility | OpenQuestion | undefined): string | OpenQuestion {
  if (value === undefined) return 'not analysed';
  if (value instanceof OpenQuestion) return value;
  const loses = value.loses === undefined ? value.reason : losses(value.loses).join(', ');
  const answer = {
    reversible: 'Yes',
    lossy: loses === undefined ? 'Yes, with loss' : `Yes, with loss: ${loses}`,
    irreversible: value.reason === undefined ? 'No' : `No: ${value.reason}`,
  }[value.kind];
  const said = value.condition === undefined || value.kind === 'irreversible' ? answer : `${answer}, ${value.condition}`;
  return value.basis === 'observed' ? `${said} (observed)` : said;
}

/** "one transaction", or "outside a transaction, each statement by itself". */
export function transaction(mode: TransactionMode | OpenQuestion | undefined): string | OpenQuestion {
  if (mode instanceof OpenQuestion) return mode;
  return mode === undefined ? 'not known' : mode === 'transactional' ? 'one transaction' : 'outside a transaction, each statement by itself';
}
