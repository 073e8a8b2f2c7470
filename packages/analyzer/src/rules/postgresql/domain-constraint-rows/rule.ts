import { tableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'A new rule of a domain fails on rows that break it',
  why: 'One value in one of the tables that use the domain, and the statement fails with 23514 or 23502.',
  instead: 'Count the rows that break the rule in every table that uses the domain, mend them, then add the rule NOT VALID and validate it.',
  sources: ['https://www.postgresql.org/docs/current/sql-alterdomain.html'],
  on: ['alterDomain'],
  find: ({ operation, lock, facts }) => {
    const read = (lock?.scans ?? []).filter((relation) => !facts.made.has(relation));
    const [first] = read;
    if (first === undefined) return undefined;
    const name = tableText(operation);
    const columns = facts.before.tables
      .concat(facts.neighbours)
      .filter((table) => tableText(table) === first)
      .flatMap((table) => table.columns.filter(({ type }) => type.replaceAll('"', '') === name));
    const code = operation.action === 'set not null' ? '23502' : '23514';
    const [column] = columns;
    const broken = operation.action === 'set not null' ? 'IS NULL' : undefined;
    return {
      relation: first,
      message: `It fails with ${code} when a row of ${read.map((relation) => `\`${relation}\``).join(', ')} breaks the new rule of \`${name}\`.`,
      ...(broken && column && read.length === 1 ? { query: `SELECT count(*) FROM ${first} WHERE ${column.name} ${broken}` } : {}),
    };
  },
});
