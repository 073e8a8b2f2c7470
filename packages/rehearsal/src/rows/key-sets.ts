import type { Table } from '@planwright/spec';
import type { Expression } from './expression.js';
import { readExpression } from './read-expression.js';

/** Columns that may not repeat together, the smallest sets first: of keys, unique constraints and unique indexes. Of an expression, the columns it reads. */
export function keySets(table: Table, after: Table | undefined): readonly (readonly string[])[] {
  const known = new Set(table.columns.map(({ name }) => name));
  const found: (readonly string[])[] = [];
  for (const side of [table, after]) {
    for (const constraint of side?.constraints ?? [])
      if (constraint.type === 'primaryKey' || constraint.type === 'unique') found.push(constraint.columns);
      else if (constraint.type === 'exclusion' && constraint.columns) found.push(constraint.columns);
    for (const { unique, keys } of side?.indexes ?? [])
      if (unique) found.push(keys.flatMap(({ column, expression }) => (column !== undefined ? [column] : columnsRead(expression ?? '', known))));
  }
  const sets = found.filter((set) => set.length > 0 && set.every((column) => known.has(column)));
  const seen = new Set<string>();
  return sets
    .filter((set) => {
      const spelt = JSON.stringify([...set].sort());
      return !seen.has(spelt) && seen.add(spelt);
    })
    .sort((one, other) => one.length - other.length);
}

function columnsRead(text: string, known: ReadonlySet<string>): readonly string[] {
  const read = readExpression(text);
  const names: string[] = [];
  const visit = (expression: Expression): void => {
    if (expression.kind === 'column' && known.has(expression.name)) names.push(expression.name);
    else if (expression.kind === 'call') expression.arguments.forEach(visit);
    else if (expression.kind === 'cast' || expression.kind === 'not' || expression.kind === 'is') visit(expression.of);
    else if (expression.kind === 'and' || expression.kind === 'or' || expression.kind === 'array') expression.of.forEach(visit);
    else if (expression.kind === 'operator' || expression.kind === 'each') {
      visit(expression.left);
      visit(expression.right);
    } else if (expression.kind === 'case') {
      for (const [when, then] of expression.branches) {
        visit(when);
        visit(then);
      }
      visit(expression.otherwise);
    }
  };
  if (read) visit(read);
  return [...new Set(names)];
}
