import { isOld, onTableText, tableBefore } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

const rewriting = new Set(['persistence', 'tablespace', 'access method']);

export default rule({
  verdict: 'lock',
  title: 'CLUSTER, VACUUM FULL, SET LOGGED, SET TABLESPACE write the table anew under ACCESS EXCLUSIVE',
  why: 'Every row is copied and every index built again, and nobody reads or writes the table until it is done. It needs as much disk again as the table has.',
  instead: 'Use an extension that does it beside the running system (pg_repack, pg_squeeze), or take a maintenance window.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-cluster.html',
    'https://www.postgresql.org/docs/current/sql-vacuum.html',
    'https://www.postgresql.org/docs/current/sql-altertable.html',
  ],
  on: ['setTableOption', 'maintain'],
  find: ({ operation, facts, lock }) => {
    if (operation.table === undefined) {
      const all = operation.type === 'maintain' && (operation.action === 'cluster' || operation.full);
      return all ? { message: 'Every table of the database is written anew, each under ACCESS EXCLUSIVE.' } : undefined;
    }
    const on = { ...(operation.schema === undefined ? {} : { schema: operation.schema }), table: operation.table };
    const name = onTableText(on);
    if (!isOld(facts, on)) return undefined;
    if (operation.type === 'setTableOption' && !rewriting.has(operation.option)) return undefined;
    // A table that is what it is to become is left alone.
    if (operation.type === 'setTableOption' && operation.option === 'persistence' && (tableBefore(facts, on)?.persistence ?? 'permanent') === operation.value)
      return undefined;
    const written = lock?.rewrites?.length ? lock.rewrites : [];
    if (written.length === 0) return undefined;
    const list = written.map((relation) => `\`${relation}\``).join(', ');
    return { relation: name, message: `${list} ${written.length === 1 ? 'is' : 'are'} written anew with all indexes under ACCESS EXCLUSIVE.` };
  },
});
