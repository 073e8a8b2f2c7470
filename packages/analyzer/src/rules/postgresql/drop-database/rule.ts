import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'DROP DATABASE loses everything',
  why: 'Every schema and every row is gone at once, outside of any transaction.',
  instead: "Leave it out of migrations; it is an administrator's act, after a backup.",
  sources: ['https://www.postgresql.org/docs/current/sql-dropdatabase.html'],
  on: ['dropObject'],
  find: ({ operation }) => {
    return operation.kind === 'database' ? { message: `The database \`${operation.name}\` is dropped with every row in it.` } : undefined;
  },
});
