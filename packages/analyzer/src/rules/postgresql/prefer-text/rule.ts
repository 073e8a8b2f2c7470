import { newColumns } from '../../new-columns.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'advice',
  title: 'A length in the type is hard to change',
  why: 'Making varchar(n) shorter reads every row, and char(n) pads with spaces. text with a CHECK says the same and can be changed NOT VALID.',
  instead: 'Use text, with a CHECK on its length where there is a limit.',
  sources: ['https://www.postgresql.org/docs/current/datatype-character.html'],
  on: ['createTable', 'addColumn'],
  find: ({ operation }) => {
    const sized = newColumns(operation).find(({ column }) => /^(?:varchar|char|character(?: varying)?|bpchar)\b/.test(column.type));
    return sized && { relation: sized.table, message: `\`${sized.table}.${sized.column.name}\` is ${sized.column.type}.` };
  },
});
