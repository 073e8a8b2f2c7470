import { isOld, onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'lock',
  title: 'ATTACH PARTITION reads the partition under ACCESS EXCLUSIVE',
  why: 'Every row is compared with the bounds, and the default partition is read for rows that belong to the new one; nobody reads or writes them meanwhile. A valid CHECK that says the same as the bounds spares the read.',
  instead:
    'Add a CHECK with the bounds NOT VALID to the table that is attached, validate it in a transaction of its own, attach, then drop the check. Give the default partition a CHECK that excludes the bounds.',
  sources: ['https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE'],
  on: ['attachPartition'],
  find: ({ operation, facts, lock }) => {
    if (operation.bounds === undefined) return undefined;
    const read = (lock?.scans ?? []).filter((relation) => !facts.made.has(relation));
    if (read.length === 0) return undefined;
    const name = isOld(facts, operation.partition) ? onTableText(operation.partition) : onTableText(operation);
    return {
      relation: name,
      message: `${read.map((relation) => `\`${relation}\``).join(', ')} ${read.length === 1 ? 'is' : 'are'} read in full under ACCESS EXCLUSIVE to prove the bounds.`,
    };
  },
});
