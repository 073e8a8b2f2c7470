import type { Column, Constraint, IndexKey } from '@planwright/spec';
import { constraintDefinition, typeDefinition } from '@planwright/sql';

/** A column as readers see it: type, then what stands beside it in its definition. */
export function columnText({ default: value, ...column }: Column, options: { readonly withDefault?: boolean } = {}): string {
  return typeDefinition({ ...column, ...(value !== undefined && options.withDefault !== false && { default: value }) });
}

/** A constraint as SQL for readers, without its name. */
export function constraintText({ name: _name, ...constraint }: Constraint): string {
  return constraintDefinition(constraint);
}

/** A key of an index: its column, or its expression in parentheses. */
export function keyText(key: IndexKey): string {
  return `${key.column ?? `(${key.expression ?? ''})`}${key.order === 'desc' ? ' DESC' : ''}`;
}
