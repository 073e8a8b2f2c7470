import type { Table } from '@planwright/spec';
import type { Expression } from './expression.js';
import { readExpression } from './read-expression.js';

/** Columns that may not repeat together, the smallest sets first: of keys, unique constraints and unique indexes. Of an expression, the columns it reads. */
export function keySets(table: Table, after: Table | undefined): readonly (readonly string[])[] {
  const known = new Set(table.columns.map(({ name }) => name));
  return distinct(allSets(table, after, known).filter((set) => set.every((column) => known.has(column))));
}

/** Of keys that come with a column which is not there yet, the columns that are: where these do not repeat, whatever the new column gets will do. */
export function keySetsToCome(table: Table, after: Table | undefined): readonly (readonly string[])[] {
  const known = new Set(table.columns.map(({ name }) => name));
  const sets = allSets(table, after, known).filter((set) => set.some((column) => !known.has(column)));
  return distinct(sets.map((set) => set.filter((column) => known.has(column))));
}

function allSets(table: Table, after: Table | undefined, known: ReadonlySet<string>): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  for (const side of [table, after]) {
    for (const constraint of side?.constraints ?? [])
      if (constraint.type === 'primaryKey' || constraint.type === 'unique') found.push(constraint.columns);
      else if (constraint.type === 'exclusion' && constraint.columns) found.push(constraint.columns);
    for (const { unique, keys } of side?.indexes ?? [])
      if (unique) found.push(keys.flatMap(({ column, expression }) => (column !== undefined ? [column] : columnsRead(expression ?? '', known))));
  }
  return found;
}

function distinct(sets: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const seen = new Set<string>();
  return sets
    .filter((set) => {
      if (set.length === 0) return false;
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
