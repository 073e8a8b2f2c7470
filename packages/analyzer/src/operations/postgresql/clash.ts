import type { Operation } from '@planwright/spec';
import type { Draft } from '../../draft/draft.js';

/** The condition that an operation raises because its object is there already (`duplicate_object`) or is not (`undefined_table`); nothing when it would pass. */
export function wouldClash(draft: Draft, operation: Operation): string | undefined {
  switch (operation.type) {
    case 'createEnum':
      return draft.hasType(operation.enum.schema, operation.enum.name) ? 'duplicate_object' : undefined;
    case 'createDomain':
      return draft.hasType(operation.domain.schema, operation.domain.name) ? 'duplicate_object' : undefined;
    case 'createTable':
      return draft.relation(operation.table.schema, operation.table.name) ? 'duplicate_table' : undefined;
    case 'createIndex':
      return operation.index.name !== undefined && draft.relation(operation.schema, operation.index.name) ? 'duplicate_table' : undefined;
    case 'addColumn': {
      const table = draft.table(operation.schema, operation.table);
      if (!table) return 'undefined_table';
      return table.columns.some(({ name }) => name === operation.column.name) ? 'duplicate_column' : undefined;
    }
    case 'addConstraint': {
      const table = draft.table(operation.schema, operation.table);
      if (!table) return 'undefined_table';
      const { name } = operation.constraint;
      return name !== undefined && table.constraints?.some((constraint) => constraint.name === name) ? 'duplicate_object' : undefined;
    }
    case 'addEnumValue':
      return draft.enums.get(operation.schema, operation.name)?.labels.includes(operation.label) ? 'duplicate_object' : undefined;
    case 'dropTable':
      return draft.table(operation.schema, operation.table) || operation.ifExists ? undefined : 'undefined_table';
    default:
      return undefined;
  }
}
