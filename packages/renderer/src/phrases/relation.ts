import type { Operation } from '@planwright/spec';

/** The table, or failing that the object, that an operation is about; undefined for settings and the like, which are about none. */
export function relation(value: Operation): string | undefined {
  switch (value.type) {
    case 'createTable':
      return qualified(value.table.schema, value.table.name);
    case 'createEnum':
      return qualified(value.enum.schema, value.enum.name);
    case 'createDomain':
      return qualified(value.domain.schema, value.domain.name);
    case 'createCompositeType':
      return qualified(value.compositeType.schema, value.compositeType.name);
    case 'createSequence':
      return qualified(value.sequence.schema, value.sequence.name);
    case 'createView':
      return qualified(value.view.schema, value.view.name);
    case 'createRoutine':
      return qualified(value.routine.schema, value.routine.name);
    case 'createObject':
      return value.object.name;
    case 'changePrivileges':
      return value.on?.replace(/^(?:TABLE|SEQUENCE|SCHEMA|FUNCTION) /, '');
    case 'lockTable':
      return value.tables[0]?.table;
    case 'unknown':
      return value.tables?.[0];
    case 'setSetting':
    case 'controlTransaction':
    case 'runQuery':
      return undefined;
    default: {
      const schema = 'schema' in value ? value.schema : undefined;
      if ('table' in value && typeof value.table === 'string') return qualified(schema, value.table);
      return 'name' in value && typeof value.name === 'string' ? qualified(schema, value.name) : undefined;
    }
  }
}

function qualified(schema: string | undefined, name: string): string {
  return schema === undefined ? name : `${schema}.${name}`;
}
