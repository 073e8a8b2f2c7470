import { isOld, onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'DETACH PARTITION takes rows out of the table that code reads',
  why: 'From COMMIT on, queries on the parent no longer find the rows of the partition, and writes of such rows fail with 23514 unless a default partition takes them. ACCESS EXCLUSIVE on the parent holds up all partitions; where a foreign key references the parent, the tables that have it are read in full.',
  instead:
    'Detach when nothing reads those rows through the parent any longer; from PostgreSQL 14 on use DETACH PARTITION … CONCURRENTLY outside of a transaction.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DETACH-PARTITION'],
  on: ['detachPartition'],
  find: ({ operation, facts, lock, target }) => {
    if (!isOld(facts, operation) || !isOld(facts, operation.partition)) return undefined;
    const read = (lock?.scans ?? []).filter((relation) => !facts.made.has(relation));
    const rows = `Rows of \`${onTableText(operation.partition)}\` no longer appear in \`${onTableText(operation)}\`.`;
    const relation = onTableText(operation);
    if (read.length > 0)
      return {
        verdict: 'lock',
        relation,
        message: `${rows} \`${read.join('`, `')}\` is read in full under ACCESS EXCLUSIVE to see that no row references them.`,
      };
    const late = operation.concurrently || target.version >= 14 ? '' : ' Before PostgreSQL 14 there is no CONCURRENTLY for it.';
    return { relation, message: `${rows}${late}` };
  },
});
