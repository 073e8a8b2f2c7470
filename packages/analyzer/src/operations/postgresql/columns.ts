import type { Column, Constraint } from '@planwright/spec';
import { type NodeOf, nodesOf, quoteName, stringsOf } from '@planwright/sql/postgresql';
import { readConstraint } from './constraints.js';
import { inParentheses, type ReadContext, sourceWithin } from './read-context.js';
import { identityOptions } from './sequences.js';
import { typeText } from './type-name.js';

/** A column with the constraints that are written beside it. */
export interface ColumnWithConstraints {
  readonly column: Column;
  readonly constraints: readonly Constraint[];
}

/** Reads `total integer NOT NULL DEFAULT 0 CHECK (total >= 0)`. */
export function readColumn(context: ReadContext, node: NodeOf<'ColumnDef'>): ColumnWithConstraints {
  const column: Column = { name: node.colname ?? '', type: typeText(context.draft, node.typeName) };
  const constraints: Constraint[] = [];
  const collation = collationText(node.collClause);
  if (collation !== undefined) column.collation = collation;
  const parts = nodesOf('Constraint', node.constraints);
  for (const [index, part] of parts.entries()) {
    switch (part.contype) {
      case 'CONSTR_NOTNULL':
        column.notNull = true;
        break;
      case 'CONSTR_DEFAULT':
        if (part.raw_expr) column.default = sourceWithin(context, part.raw_expr, part.location ?? context.start, parts[index + 1]?.location);
        break;
      case 'CONSTR_IDENTITY':
        column.identity = part.generated_when === 'a' ? 'always' : 'by default';
        column.identityOptions = identityOptions(part.options);
        if (Object.keys(column.identityOptions).length === 0) delete column.identityOptions;
        column.notNull = true;
        break;
      case 'CONSTR_GENERATED':
        column.generated = { expression: inParentheses(context, part.location ?? context.start), ...(part.generated_kind === 'v' ? { stored: false } : {}) };
        break;
      case 'CONSTR_ATTR_DEFERRABLE':
      case 'CONSTR_ATTR_DEFERRED': {
        const last = constraints.at(-1);
        if (last && last.type !== 'check') last.deferrable = part.contype === 'CONSTR_ATTR_DEFERRED' ? 'deferred' : (last.deferrable ?? 'immediate');
        break;
      }
      default: {
        const constraint = readConstraint(context, part, column.name);
        if (constraint) constraints.push(constraint);
      }
    }
  }
  return { column, constraints };
}

/** A collation, or nothing for the default of the type. */
export function collationText(clause: NodeOf<'CollateClause'> | undefined): string | undefined {
  const names = stringsOf(clause?.collname);
  if (names.length === 0 || names.at(-1) === 'default') return undefined;
  return names[0] === 'pg_catalog' ? names.at(-1) : names.length === 1 ? names[0] : quoteName(names);
}
