import type { Column, Constraint, IndexKey } from '@planwright/spec';

/** A column as readers see it: type, then what stands beside it in its definition. */
export function columnText(column: Column, options: { readonly withDefault?: boolean } = {}): string {
  const parts = [column.type];
  if (column.notNull) parts.push('NOT NULL');
  if (column.generated) parts.push(`GENERATED ALWAYS AS (${column.generated.expression})${column.generated.stored === false ? ' VIRTUAL' : ' STORED'}`);
  if (column.identity) parts.push(`GENERATED ${column.identity.toUpperCase()} AS IDENTITY`);
  if (column.default !== undefined && options.withDefault !== false) parts.push(`DEFAULT ${column.default}`);
  if (column.collation) parts.push(`COLLATE ${column.collation}`);
  return parts.join(' ');
}

/** A constraint as SQL for readers, without its name. */
export function constraintText(constraint: Constraint): string {
  switch (constraint.type) {
    case 'primaryKey':
      return `PRIMARY KEY ${constraint.usingIndex ? `USING INDEX ${constraint.usingIndex}` : `(${constraint.columns.join(', ')})`}`;
    case 'unique':
      return `UNIQUE ${constraint.usingIndex ? `USING INDEX ${constraint.usingIndex}` : `${constraint.nullsNotDistinct ? 'NULLS NOT DISTINCT ' : ''}(${constraint.columns.join(', ')})`}`;
    case 'foreignKey': {
      const { references } = constraint;
      const target = references.schema ? `${references.schema}.${references.table}` : references.table;
      const parts = [`FOREIGN KEY (${constraint.columns.join(', ')}) REFERENCES ${target}${references.columns ? ` (${references.columns.join(', ')})` : ''}`];
      if (constraint.onDelete) parts.push(`ON DELETE ${constraint.onDelete.toUpperCase()}`);
      if (constraint.onUpdate) parts.push(`ON UPDATE ${constraint.onUpdate.toUpperCase()}`);
      if (constraint.notValid) parts.push('NOT VALID');
      return parts.join(' ');
    }
    case 'check':
      return `CHECK (${constraint.expression})${constraint.notValid ? ' NOT VALID' : ''}`;
    case 'exclusion':
      return constraint.definition;
  }
}

/** The columns of a constraint, in order; empty where they are not known. */
export function constraintColumns(constraint: Constraint): readonly string[] {
  return constraint.columns ?? [];
}

/** A key of an index: its column, or its expression in parentheses. */
export function keyText(key: IndexKey): string {
  return `${key.column ?? `(${key.expression ?? ''})`}${key.order === 'desc' ? ' DESC' : ''}`;
}
