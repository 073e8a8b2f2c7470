import { onTableText, tableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'lock',
  title: 'A new partition reads the default partition under ACCESS EXCLUSIVE',
  why: 'PostgreSQL looks in the default partition for rows that belong to the new one. Meanwhile nobody reads or writes the parent, and with it none of its partitions. Without a default partition the lock is brief.',
  instead:
    'Give the default partition a CHECK that excludes the bounds, NOT VALID and then validated; CREATE TABLE (LIKE the parent) and ATTACH it, which locks the parent less.',
  sources: ['https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE'],
  on: ['createTable'],
  find: ({ operation, facts, lock }) => {
    const parent = operation.table.partitionOf;
    const read = (lock?.scans ?? []).filter((relation) => !facts.made.has(relation));
    if (!parent || read.length === 0) return undefined;
    return {
      relation: onTableText(parent),
      message: `\`${read.join('`, `')}\` is read in full for rows of \`${tableText(operation.table)}\`, while nobody reads or writes \`${onTableText(parent)}\`.`,
    };
  },
});
