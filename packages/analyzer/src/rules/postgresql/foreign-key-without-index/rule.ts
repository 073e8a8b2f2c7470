import { onTableText, tableBefore } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'advice',
  title: 'A foreign key has no index on its columns',
  why: 'Each DELETE and each UPDATE of a referenced key reads the whole referencing table to look for rows that are left behind.',
  instead: 'CREATE INDEX CONCURRENTLY on the columns of the key, before the key is added.',
  sources: ['https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK'],
  on: ['addConstraint'],
  find: ({ operation, facts, change }) => {
    const { constraint } = operation;
    if (constraint.type !== 'foreignKey') return undefined;
    const table = tableBefore(facts, operation);
    const covers = (names: readonly (string | undefined)[]): boolean =>
      constraint.columns.every((column) => names.slice(0, constraint.columns.length).includes(column));
    const created = change.index.createdIndexes.get(onTableText(operation));
    const indexes = [...(table?.indexes ?? []), ...created.map(({ what }) => what)];
    if (indexes.some(({ keys, where }) => where === undefined && covers(keys.map(({ column }) => column)))) return undefined;
    if (table?.constraints?.some((key) => (key.type === 'primaryKey' || key.type === 'unique') && covers(key.columns))) return undefined;
    return {
      relation: onTableText(operation),
      message: `No index of \`${onTableText(operation)}\` begins with ${constraint.columns.map((column) => `\`${column}\``).join(', ')}: deletes in \`${onTableText(constraint.references)}\` read all of it.`,
    };
  },
});
