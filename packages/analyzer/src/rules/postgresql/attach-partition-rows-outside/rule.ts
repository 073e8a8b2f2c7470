import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'ATTACH PARTITION fails on rows outside the bounds',
  why: 'One row of the table outside of its bounds, or one of the default partition inside of them, and the statement fails with 23514. A valid CHECK that says the same as the bounds has proven it before.',
  instead: 'Count the rows outside the bounds first, and move them; then add the bounds as a CHECK and validate it.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ATTACH-PARTITION'],
  on: ['attachPartition'],
  find: ({ operation, facts, lock }) => {
    if (operation.bounds === undefined) return undefined;
    const read = (lock?.scans ?? []).filter((relation) => !facts.made.has(relation));
    if (read.length === 0) return undefined;
    const name = onTableText(operation.partition);
    return {
      relation: name,
      message: `It fails with 23514 when a row of \`${name}\` lies outside the bounds, or one of the default partition inside of them.`,
    };
  },
});
