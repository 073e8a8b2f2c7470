import { tableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'Code that names a type fails when it is dropped or renamed',
  why: "Casts and parameters of the type fail with 42704 from COMMIT on, and CASCADE drops every column of it with its values. A type that is made again under the same name in the same transaction is never missed, and one that the change itself has made or put aside is nobody's.",
  instead: 'Stop naming the type in code, change the columns that have it, then drop it.',
  sources: ['https://www.postgresql.org/docs/current/sql-droptype.html', 'https://www.postgresql.org/docs/current/sql-altertype.html'],
  on: ['dropType', 'renameType'],
  find: ({ operation, statement, change, transaction, facts }) => {
    const name = tableText(operation);
    if (change.made.beforeStatement(`type ${name}`, statement) || transaction.madeLater(`type ${name}`)) return undefined;
    const { enums = [], domains = [], compositeTypes = [] } = facts.before;
    if (operation.type === 'dropType' && operation.ifExists && ![...enums, ...domains, ...compositeTypes].some((type) => tableText(type) === name))
      return undefined;
    const lost =
      operation.type === 'dropType' && operation.cascade
        ? facts.before.tables.flatMap((table) => table.columns.filter(({ type }) => type === name).map((column) => `\`${tableText(table)}.${column.name}\``))
        : [];
    if (lost.length > 0) return { verdict: 'data', message: `CASCADE drops ${lost.join(', ')} with the type \`${name}\`, values and all.` };
    return { message: `Statements that name the type \`${name}\` fail with 42704.` };
  },
});
