import { endless } from '../values.js';
import type { Wish } from '../wish.js';
import type { Maker, Makers } from './makers.js';

const document: Maker = ({ spelt }, wish) => ({
  count: endless,
  nth: (number) => (spelt === 'jsonb' ? built(wish, number) : `(${built(wish, number)})::${spelt}`),
});

export const documents: Makers = { json: document, jsonb: document };

function built({ json, shortest }: Wish, number: string): string {
  switch (json) {
    case 'array':
      return `jsonb_build_array(${number})`;
    case 'string':
      return `to_jsonb('text ' || ${number})`;
    case 'number':
      return `to_jsonb(${number})`;
    case 'boolean':
      return `to_jsonb(${number} % 2 = 0)`;
    default:
      return shortest !== undefined
        ? `jsonb_build_array(${Array.from({ length: Math.max(1, shortest) }, () => number).join(', ')})`
        : `jsonb_build_object('number', ${number})`;
  }
}
