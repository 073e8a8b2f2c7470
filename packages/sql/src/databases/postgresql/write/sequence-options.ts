import { words } from '../../../written.js';

/** `START 1000 INCREMENT 10`, in an order that PostgreSQL takes. */
export function sequenceOptions(options: Readonly<Record<string, string>>): string {
  const integer = (name: string, label: string) => (/^-?\d+$/.test(options[name] ?? '') ? `${label} ${options[name]}` : '');
  return words(
    integer('start', 'START'),
    integer('increment', 'INCREMENT'),
    integer('minvalue', 'MINVALUE'),
    integer('maxvalue', 'MAXVALUE'),
    integer('cache', 'CACHE'),
    options.cycle === 'true' && 'CYCLE',
  );
}
