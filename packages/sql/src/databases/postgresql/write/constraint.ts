import type { Constraint, ForeignKey, PrimaryKey, Unique } from '@planwright/spec';
import { words } from '../../../written.js';
import { quoteIdentifier } from '../quote.js';
import { list, qualified } from './names.js';

/** A constraint as it stands in CREATE TABLE and after ADD, with its name where it has one. */
export function constraintDefinition(constraint: Constraint): string {
  return words(constraint.name !== undefined && `CONSTRAINT ${quoteIdentifier(constraint.name)}`, body(constraint), deferrable(constraint), ending(constraint));
}

function body(constraint: Constraint): string {
  switch (constraint.type) {
    case 'primaryKey':
      return key('PRIMARY KEY', constraint);
    case 'unique':
      return key(words('UNIQUE', constraint.nullsNotDistinct && !constraint.usingIndex && 'NULLS NOT DISTINCT'), constraint);
    case 'foreignKey':
      return foreignKey(constraint);
    case 'check':
      // Always in parentheses of its own: `(a) OR (b)` stands in none.
      return `CHECK (${constraint.expression})`;
    case 'exclusion':
      return constraint.definition;
  }
}

function key(kind: string, constraint: PrimaryKey | Unique): string {
  if (constraint.usingIndex !== undefined) return `${kind} USING INDEX ${quoteIdentifier(constraint.usingIndex)}`;
  return words(kind, list(constraint.columns), constraint.include && `INCLUDE ${list(constraint.include)}`);
}

function foreignKey({ columns, references, match, onDelete, onUpdate }: ForeignKey): string {
  return words(
    `FOREIGN KEY ${list(columns)} REFERENCES ${qualified(references.schema, references.table)}`,
    references.columns && list(references.columns),
    match && 'MATCH FULL',
    onDelete && onDelete !== 'no action' && `ON DELETE ${onDelete.toUpperCase()}`,
    onUpdate && onUpdate !== 'no action' && `ON UPDATE ${onUpdate.toUpperCase()}`,
  );
}

/** `DEFERRABLE INITIALLY DEFERRED`. An exclusion's definition says it itself. */
function deferrable(constraint: Constraint): string {
  if (constraint.type === 'check' || !constraint.deferrable || (constraint.type === 'exclusion' && /\bdeferrable\b/i.test(constraint.definition))) return '';
  return deferrability(constraint.deferrable);
}

/** The deferrability in SQL. */
export function deferrability(deferrable: 'immediate' | 'deferred' | undefined): string {
  return deferrable === undefined ? 'NOT DEFERRABLE' : words('DEFERRABLE', deferrable === 'deferred' && 'INITIALLY DEFERRED');
}

function ending(constraint: Constraint): string {
  return words(constraint.type === 'check' && constraint.noInherit && 'NO INHERIT', 'notValid' in constraint && constraint.notValid && 'NOT VALID');
}
