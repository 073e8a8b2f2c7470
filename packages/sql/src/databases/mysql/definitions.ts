import type { Column, Constraint } from '@planwright/spec';
import { parenthesized, words } from '../../written.js';
import { quoteIdentifier, quoteLiteral, quoteName } from './quote.js';

/** A column's definition in cells: name, type, and what stands beside them. */
export function columnCells(column: Column): readonly string[] {
  const rest = words(
    column.collation !== undefined && `COLLATE ${quoteIdentifier(column.collation)}`,
    column.generated && `GENERATED ALWAYS AS ${parenthesized(column.generated.expression)} ${column.generated.stored === false ? 'VIRTUAL' : 'STORED'}`,
    column.notNull && 'NOT NULL',
    column.default !== undefined && !column.generated && `DEFAULT ${defaultExpression(column.default)}`,
    column.identity && 'AUTO_INCREMENT',
    column.comment !== undefined && `COMMENT ${quoteLiteral(column.comment)}`,
  );
  return [quoteIdentifier(column.name), column.type, ...(rest === '' ? [] : [rest])];
}

/** The definition on one line. */
export function columnDefinition(column: Column): string {
  return columnCells(column).join(' ');
}

/** A literal or CURRENT_TIMESTAMP stands by itself; MySQL wants every other default in parentheses. */
export function defaultExpression(expression: string): string {
  const plain =
    /^(?:[-+]?[\d.]+|'(?:[^'\\]|''|\\.)*'|null|true|false|(?:current_timestamp|now|localtimestamp)(?:\(\d?\))?(?: on update current_timestamp(?:\(\d?\))?)?)$/i;
  return plain.test(expression) ? expression : parenthesized(expression);
}

/** A constraint as CREATE TABLE and ADD take it; nothing for a form that MySQL lacks. */
export function constraintDefinition(constraint: Constraint): string | undefined {
  if (unknownForm(constraint) !== '') return undefined;
  const name = constraint.name === undefined ? '' : `CONSTRAINT ${quoteIdentifier(constraint.name)}`;
  switch (constraint.type) {
    case 'primaryKey':
      // Its name is always PRIMARY.
      return `PRIMARY KEY ${list(constraint.columns)}`;
    case 'unique':
      return words(name, `UNIQUE ${list(constraint.columns)}`);
    case 'foreignKey': {
      const { references, onDelete, onUpdate } = constraint;
      return words(
        name,
        `FOREIGN KEY ${list(constraint.columns)} REFERENCES ${quoteName(references.schema === undefined ? [references.table] : [references.schema, references.table])}`,
        list(references.columns ?? []),
        onDelete && `ON DELETE ${onDelete.toUpperCase()}`,
        onUpdate && `ON UPDATE ${onUpdate.toUpperCase()}`,
      );
    }
    case 'check':
      return words(name, `CHECK (${constraint.expression})`);
    case 'exclusion':
      return undefined;
  }
}

/** Why MySQL has no such constraint; empty when it has. */
export function unknownForm(constraint: Constraint): string {
  if (constraint.type === 'exclusion') return 'MySQL has no exclusion constraints.';
  if ('deferrable' in constraint && constraint.deferrable) return 'MySQL defers no constraint.';
  if ('include' in constraint && constraint.include?.length) return 'MySQL has no INCLUDE.';
  if (constraint.type === 'unique' && constraint.nullsNotDistinct) return 'MySQL has no NULLS NOT DISTINCT.';
  if ('usingIndex' in constraint && constraint.usingIndex) return 'MySQL makes no constraint of an index.';
  if (constraint.type === 'foreignKey' && !constraint.references.columns) return 'MySQL wants the referenced columns named.';
  if ('notValid' in constraint && constraint.notValid) return 'MySQL has no NOT VALID.';
  return '';
}

function list(names: readonly string[]): string {
  return `(${names.map(quoteIdentifier).join(', ')})`;
}
