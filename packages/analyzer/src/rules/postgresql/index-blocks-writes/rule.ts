import { rule } from '../../rule.js';
import { slowWork } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'CREATE INDEX holds up writers until it is built',
  why: 'Without CONCURRENTLY the build holds SHARE: reads go on, and every INSERT, UPDATE and DELETE waits until the last row has been read.',
  instead:
    '`CREATE INDEX CONCURRENTLY`, alone and outside any transaction, without a statement_timeout; then see that the index is valid. The indexes of a partitioned table are built one by one for each partition and attached to one made `ON ONLY` the parent.',
  sources: ['https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY'],
  on: ['createIndex'],
  find: (input) => {
    const { operation } = input;
    if (operation.concurrently) return undefined;
    const work = slowWork(input);
    return (
      work && {
        relation: work.relation,
        message: `Writers of \`${work.relation}\` wait under ${work.mode} until the index${operation.index.name === undefined ? '' : ` \`${operation.index.name}\``} is built.`,
        ...(work.assumed ? { assumed: work.assumed } : {}),
      }
    );
  },
});
