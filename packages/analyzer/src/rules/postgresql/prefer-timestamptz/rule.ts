import { newColumns } from '../../new-columns.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'advice',
  title: 'A timestamp without time zone is no moment',
  why: 'Which moment it means depends on where it was written, which nobody remembers.',
  instead: 'Use timestamptz.',
  sources: ['https://www.postgresql.org/docs/current/datatype-datetime.html'],
  on: ['createTable', 'addColumn'],
  find: ({ operation }) => {
    const local = newColumns(operation).find(({ column }) => /^timestamp(?:\(\d\))?(?: without time zone)?$/.test(column.type));
    return local && { relation: local.table, message: `\`${local.table}.${local.column.name}\` is a timestamp without time zone.` };
  },
});
