import { onTableText, tableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'A new partition fails when the default partition holds its rows',
  why: 'A row of the default partition that belongs to the new one makes CREATE TABLE … PARTITION OF fail with 23514: rows are not moved.',
  instead: 'Move the rows out of the default partition first: in one transaction into a table of their own, which is then attached.',
  sources: ['https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE'],
  on: ['createTable'],
  find: ({ operation, facts, lock }) => {
    const parent = operation.table.partitionOf;
    const read = (lock?.scans ?? []).filter((relation) => !facts.made.has(relation));
    if (!parent || read.length === 0) return undefined;
    return {
      relation: onTableText(parent),
      message: `It fails with 23514 when \`${read.join('`, `')}\` holds a row that belongs to \`${tableText(operation.table)}\`.`,
    };
  },
});
