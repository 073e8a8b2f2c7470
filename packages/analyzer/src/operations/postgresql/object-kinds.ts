import type { ObjectKind } from '@planwright/spec';

/** The grammar's kinds of objects that the model knows by kind and name only. */
export const objectKinds: Readonly<Record<string, ObjectKind>> = {
  OBJECT_ACCESS_METHOD: 'access method',
  OBJECT_AGGREGATE: 'aggregate',
  OBJECT_CAST: 'cast',
  OBJECT_COLLATION: 'collation',
  OBJECT_CONVERSION: 'conversion',
  OBJECT_DATABASE: 'database',
  OBJECT_EVENT_TRIGGER: 'event trigger',
  OBJECT_FDW: 'foreign data wrapper',
  OBJECT_FOREIGN_SERVER: 'server',
  OBJECT_FOREIGN_TABLE: 'foreign table',
  OBJECT_LANGUAGE: 'language',
  OBJECT_OPCLASS: 'operator class',
  OBJECT_OPERATOR: 'operator',
  OBJECT_OPFAMILY: 'operator family',
  OBJECT_PUBLICATION: 'publication',
  OBJECT_ROLE: 'role',
  OBJECT_RULE: 'rule',
  OBJECT_STATISTIC_EXT: 'statistics',
  OBJECT_SUBSCRIPTION: 'subscription',
  OBJECT_TABLESPACE: 'tablespace',
  OBJECT_TRANSFORM: 'transform',
  OBJECT_TSCONFIGURATION: 'text search',
  OBJECT_TSDICTIONARY: 'text search',
  OBJECT_TSPARSER: 'text search',
  OBJECT_TSTEMPLATE: 'text search',
  OBJECT_TYPE: 'type',
  OBJECT_USER_MAPPING: 'user mapping',
};

/** A kind as COMMENT ON and GRANT spell it: `OBJECT_TABCONSTRAINT` is a constraint. */
export function kindWords(kind: string | undefined): string {
  switch (kind) {
    case 'OBJECT_TABCONSTRAINT':
    case 'OBJECT_DOMCONSTRAINT':
      return 'constraint';
    case 'OBJECT_MATVIEW':
      return 'materialized view';
    default:
      return objectKinds[kind ?? ''] ?? (kind ?? '').replace('OBJECT_', '').replaceAll('_', ' ').toLowerCase();
  }
}
