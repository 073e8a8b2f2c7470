import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'advice',
  title: 'An index that is not unique has more than three columns',
  why: 'It rarely helps more than one of its first columns does, and every write pays for it.',
  instead: 'Index the columns that narrow the search most, and put what is only read into INCLUDE.',
  sources: ['https://www.postgresql.org/docs/current/indexes-multicolumn.html'],
  on: ['createIndex'],
  find: ({ operation: { index, ...on } }) =>
    !index.unique && index.keys.length > 3 && (index.method === undefined || index.method === 'btree')
      ? { relation: onTableText(on), message: `The index${index.name === undefined ? '' : ` \`${index.name}\``} has ${index.keys.length} columns.` }
      : undefined,
});
