import { onTableText, tableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'A new enum label cannot be used in the transaction that adds it',
  why: 'PostgreSQL refuses the label with 55P04 (unsafe use of new value) until ALTER TYPE … ADD VALUE is committed. Only labels of a type that the same transaction has made can be used at once.',
  instead: 'Give ALTER TYPE … ADD VALUE a migration of its own, before the one that uses the label.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertype.html'],
  on: 'statement',
  find: ({ statement, transaction, facts }) => {
    if (!transaction.addsLabels || statement.operations.some(({ type }) => type === 'addEnumValue' || type === 'setComment' || type === 'createRoutine'))
      return undefined;
    for (const [, label = ''] of statement.sql.matchAll(/'((?:[^']|'')*)'/g)) {
      const adder = transaction.labelAddedBy(label.replaceAll("''", "'"));
      if (!adder) continue;
      const type = adder.operations.flatMap((one) => (one.type === 'addEnumValue' ? [tableText(one)] : []))[0] ?? '';
      // A text of the same letters elsewhere is no label.
      const tables = new Set(
        statement.operations.flatMap((one) => ('table' in one && typeof one.table === 'string' ? [onTableText({ ...one, table: one.table })] : [])),
      );
      const typed = [...facts.before.tables, ...facts.after.tables].some(
        (table) => tables.has(tableText(table)) && table.columns.some((column) => column.type.replaceAll('"', '').replace(/\[\]$/, '') === type),
      );
      if (!typed && !statement.sql.includes(type)) continue;
      return { message: `'${label}' is a label of \`${type}\` that this transaction adds: it cannot be used before COMMIT (55P04).` };
    }
    return undefined;
  },
});
