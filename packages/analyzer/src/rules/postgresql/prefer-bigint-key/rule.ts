import { newColumns } from '../../new-columns.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'advice',
  title: 'A key of integer runs out at 2,147,483,647',
  why: 'A key that runs out stops every INSERT, and making it bigint later writes the table and its indexes anew.',
  instead: 'Use bigint for keys.',
  sources: ['https://www.postgresql.org/docs/current/datatype-numeric.html'],
  on: ['createTable', 'addColumn'],
  find: ({ operation }) => {
    const key = newColumns(operation).find(({ column, isKey }) => isKey && /^(?:smallint|integer|smallserial|serial)$/.test(column.type));
    return key && { relation: key.table, message: `The key \`${key.table}.${key.column.name}\` is ${key.column.type}.` };
  },
});
