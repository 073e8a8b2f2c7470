import { columnBefore, columnOn, onTableText, tableBefore } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'advice',
  title: 'A foreign key is of another type than the key it references',
  why: 'An `integer` that references a `bigint` overflows before the key does, and joins convert one of the two.',
  instead: 'Give the column the type of the key it references.',
  sources: ['https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK'],
  on: ['addConstraint'],
  find: ({ operation, facts }) => {
    const { constraint } = operation;
    if (constraint.type !== 'foreignKey') return undefined;
    const target = tableBefore(facts, constraint.references);
    const key = constraint.references.columns ?? target?.constraints?.find(({ type }) => type === 'primaryKey')?.columns ?? [];
    const added = facts.operations.flatMap((other) => (other.type === 'addColumn' && onTableText(other) === onTableText(operation) ? [other.column] : []));
    for (const [place, name] of constraint.columns.entries()) {
      const own = (columnBefore(facts, columnOn(operation, name)) ?? added.find((column) => column.name === name))?.type;
      const other = target?.columns.find((column) => column.name === key[place])?.type;
      if (own !== undefined && other !== undefined && own !== other)
        return {
          relation: onTableText(operation),
          message: `\`${onTableText(operation)}.${name}\` is ${own}, and \`${onTableText(constraint.references)}.${key[place]}\`, which it references, is ${other}.`,
        };
    }
    return undefined;
  },
});
