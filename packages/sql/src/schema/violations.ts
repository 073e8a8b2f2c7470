import type { Constraint, Index } from '@planwright/spec';
import type { Quoting } from '../dialect.js';

/** Where a query looks: a table by its schema and plain name. */
export interface At {
  readonly schema?: string;
  readonly table: string;
}

/** The table's name as SQL has it. */
export function quotedTable(quoting: Quoting, { schema, table }: At): string {
  return quoting.quoteName(schema === undefined ? [table] : [schema, table]);
}

/** The query that counts the rows which stand in a way back's way. */
export function countWhere(quoting: Quoting, at: At, condition: string): string {
  return `SELECT count(*) FROM ${quotedTable(quoting, at)} WHERE ${condition}`;
}

/** The query that counts rows, or groups of rows, which a constraint would refuse. Nothing for an exclusion constraint, which no short query tells. */
export function violations(quoting: Quoting, at: At, constraint: Constraint): string | undefined {
  switch (constraint.type) {
    case 'primaryKey':
    case 'unique':
      return duplicates(quoting, at, constraint.columns.map(quoting.quoteIdentifier), constraint.type === 'unique' && constraint.nullsNotDistinct !== true);
    case 'check':
      return countWhere(quoting, at, `NOT (${constraint.expression})`);
    case 'foreignKey': {
      const { references, columns } = constraint;
      if (!references.columns) return undefined;
      const target = quotedTable(quoting, references);
      const table = quotedTable(quoting, at);
      const joined = columns.map(
        (column, place) => `p.${quoting.quoteIdentifier(references.columns?.[place] ?? column)} = c.${quoting.quoteIdentifier(column)}`,
      );
      const present = columns.map((column) => `c.${quoting.quoteIdentifier(column)} IS NOT NULL`);
      return `SELECT count(*) FROM ${table} AS c WHERE ${present.join(' AND ')} AND NOT EXISTS (SELECT 1 FROM ${target} AS p WHERE ${joined.join(' AND ')})`;
    }
    case 'exclusion':
      return undefined;
  }
}

/** The query that counts keys which a unique index would refuse. */
export function indexViolations(quoting: Quoting, at: At, index: Index): string {
  const keys = index.keys.map(({ column, expression }) => (column === undefined ? `(${expression ?? ''})` : quoting.quoteIdentifier(column)));
  return duplicates(quoting, at, keys, index.nullsNotDistinct !== true, index.where);
}

function duplicates(quoting: Quoting, at: At, keys: readonly string[], nullsDiffer: boolean, where?: string): string {
  const table = quotedTable(quoting, at);
  const conditions = [...(where === undefined ? [] : [`(${where})`]), ...(nullsDiffer ? keys.map((key) => `${key} IS NOT NULL`) : [])];
  const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `SELECT count(*) FROM (SELECT 1 FROM ${table}${filter} GROUP BY ${keys.join(', ')} HAVING count(*) > 1) AS d`;
}
