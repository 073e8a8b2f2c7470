import type { Column, Constraint, References } from '@planwright/spec';
import { name } from './name.js';

/** "char(3) NOT NULL DEFAULT 'EUR'": type and column constraints, as CREATE TABLE has them. */
export function columnType(column: Column): string {
  const parts = [column.type];
  if (column.collation !== undefined) parts.push(`COLLATE ${name(column.collation)}`);
  if (column.notNull) parts.push('NOT NULL');
  if (column.default !== undefined) parts.push(`DEFAULT ${column.default}`);
  if (column.identity !== undefined) parts.push(`GENERATED ${column.identity.toUpperCase()} AS IDENTITY`);
  if (column.generated !== undefined)
    parts.push(`GENERATED ALWAYS AS (${column.generated.expression}) ${column.generated.stored === false ? 'VIRTUAL' : 'STORED'}`);
  return parts.join(' ');
}

/** A constraint as SQL, without its name: "FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE RESTRICT NOT VALID". */
export function constraint(value: Constraint): string {
  return [body(value), deferrable(value), 'noInherit' in value && value.noInherit ? 'NO INHERIT' : '', 'notValid' in value && value.notValid ? 'NOT VALID' : '']
    .filter((part) => part !== '')
    .join(' ');
}

function body(value: Constraint): string {
  switch (value.type) {
    case 'primaryKey':
      return key('PRIMARY KEY', value);
    case 'unique':
      return key(value.nullsNotDistinct ? 'UNIQUE NULLS NOT DISTINCT' : 'UNIQUE', value);
    case 'foreignKey':
      return [
        `FOREIGN KEY ${columns(value.columns)} REFERENCES ${referenced(value.references)}`,
        value.match === 'full' ? 'MATCH FULL' : '',
        action('ON DELETE', value.onDelete),
        action('ON UPDATE', value.onUpdate),
      ]
        .filter((part) => part !== '')
        .join(' ');
    case 'check':
      return `CHECK (${value.expression})`;
    case 'exclusion':
      return value.definition;
  }
}

function key(kind: string, value: Extract<Constraint, { readonly type: 'primaryKey' | 'unique' }>): string {
  const include = value.include === undefined ? '' : ` INCLUDE ${columns(value.include)}`;
  return value.usingIndex === undefined ? `${kind} ${columns(value.columns)}${include}` : `${kind} USING INDEX ${name(value.usingIndex)}`;
}

function deferrable(value: Constraint): string {
  return !('deferrable' in value) || value.deferrable === undefined ? '' : `DEFERRABLE INITIALLY ${value.deferrable.toUpperCase()}`;
}

function action(event: string, what: string | undefined): string {
  return what === undefined || what === 'no action' ? '' : `${event} ${what.toUpperCase()}`;
}

function referenced({ schema, table, columns: keys }: References): string {
  return `${schema === undefined ? '' : `${name(schema)}.`}${name(table)}${keys === undefined ? '' : ` ${columns(keys)}`}`;
}

function columns(names: readonly string[]): string {
  return `(${names.map((one) => name(one)).join(', ')})`;
}
