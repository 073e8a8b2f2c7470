import type { Level } from '@planwright/spec';
import { OpenQuestion } from '../open-question.js';

/** How a level is written: `low`, `Low` or `LOW`. */
export type LevelForm = 'lower' | 'Capitalised' | 'UPPER';

/** A level of risk, impact or probability in the form that a document uses. */
export function level(value: Level | 'critical' | OpenQuestion | undefined, form: LevelForm = 'lower'): string | OpenQuestion {
  if (value === undefined) return form === 'lower' ? 'not known' : form === 'UPPER' ? 'NOT KNOWN' : 'Not known';
  if (value instanceof OpenQuestion || form === 'lower') return value;
  return form === 'UPPER' ? value.toUpperCase() : value.charAt(0).toUpperCase() + value.slice(1);
}
