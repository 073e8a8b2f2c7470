import { tableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

const sizes = new Map([
  ['bigint', 8],
  ['bigserial', 8],
  ['timestamptz', 8],
  ['timestamp', 8],
  ['double precision', 8],
  ['integer', 4],
  ['serial', 4],
  ['date', 4],
  ['real', 4],
  ['smallint', 2],
  ['boolean', 1],
]);

export default rule({
  verdict: 'advice',
  title: 'The order of columns wastes bytes of every row',
  why: 'Values of 8 bytes begin at multiples of 8, so a short column before each of them is followed by padding.',
  instead: 'Put columns of 8 bytes first, then those of 4, 2 and 1, and texts last.',
  sources: ['https://www.postgresql.org/docs/current/storage-page-layout.html'],
  on: ['createTable'],
  find: ({ operation }) => {
    let at = 0;
    let wasted = 0;
    for (const { type } of operation.table.columns) {
      const size = sizes.get(type.replace(/\(.*$/, ''));
      // After a value of varying length nothing can be told.
      if (size === undefined) break;
      wasted += (size - (at % size)) % size;
      at += ((size - (at % size)) % size) + size;
    }
    return wasted >= 8
      ? { relation: tableText(operation.table), message: `${wasted} bytes of each row of \`${tableText(operation.table)}\` are padding between columns.` }
      : undefined;
  },
});
