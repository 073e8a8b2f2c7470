import type { Column } from '@planwright/spec';
import { parenthesized, words } from '../../../written.js';
import { quoteIdentifier } from '../quote.js';
import { collation } from './names.js';
import { sequenceOptions } from './sequence-options.js';

/** A column's definition in cells: name, type, and what stands beside them. */
export function columnCells(column: Column): readonly string[] {
  const rest = columnRest(column);
  return [quoteIdentifier(column.name), column.type, ...(rest === '' ? [] : [rest])];
}

/** `total numeric(12,2) NOT NULL DEFAULT 0`. */
export function columnDefinition(column: Column): string {
  return columnCells(column).join(' ');
}

/** What stands behind a column's name: `numeric(12,2) NOT NULL DEFAULT 0`. */
export function typeDefinition(column: Column): string {
  return words(column.type, columnRest(column));
}

function columnRest(column: Column): string {
  return words(
    column.collation && `COLLATE ${collation(column.collation)}`,
    // An identity column is NOT NULL by itself.
    column.notNull && !column.identity && 'NOT NULL',
    column.generated && `GENERATED ALWAYS AS ${parenthesized(column.generated.expression)} ${column.generated.stored === false ? 'VIRTUAL' : 'STORED'}`,
    column.identity && identityDefinition(column.identity, column.identityOptions),
    column.default !== undefined && !column.generated && `DEFAULT ${defaultExpression(column.default)}`,
  );
}

/** `GENERATED ALWAYS AS IDENTITY (START 1000)`. */
export function identityDefinition(identity: 'always' | 'by default', options: Readonly<Record<string, string>> = {}): string {
  const written = sequenceOptions(options);
  return words(`GENERATED ${identity.toUpperCase()} AS IDENTITY`, written !== '' && `(${written})`);
}

const simple =
  /^(?:[-+]?[\d.]+|'(?:[^']|'')*'|[A-Za-z_][\w.]*(?:\((?:[^()']|'(?:[^']|'')*')*\))?)(?:::[\w ."[\]]+(?:\([\d, ]*\))?(?: with(?:out)? time zone)?(?:\[\])*)?$/;

/** A default as a column's definition takes it. The grammar wants parentheses around more than a literal, a call or a cast of one, so that `NOT NULL` after it stays apart. */
export function defaultExpression(expression: string): string {
  return simple.test(expression) ? expression : parenthesized(expression);
}
