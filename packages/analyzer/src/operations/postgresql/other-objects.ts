import type { ObjectKind, Operation } from '@planwright/spec';
import { stringsOf, type TaggedNode } from '@planwright/sql/postgresql';
import { objectKinds } from './object-kinds.js';
import { namesOf } from './object-names.js';
import type { ReadContext } from './read-context.js';
import { made, rangeOf } from './relation-name.js';
import { roleName } from './roles.js';
import { typeText } from './type-name.js';

/** Statements about objects that the model knows by kind and name only; nothing for all others. */
export function readOtherObject(context: ReadContext, node: TaggedNode): readonly Operation[] | undefined {
  const { draft, sql } = context;
  const create = (kind: ObjectKind, names: readonly string[], ifNotExists = false): readonly Operation[] => {
    const name = names.length > 1 ? made(draft, rangeOf(names)) : { name: names[0] ?? '' };
    return [{ type: 'createObject', object: { kind, ...name, definition: sql }, ...(ifNotExists ? { ifNotExists } : {}) }];
  };
  const alter = (kind: ObjectKind, name: string | undefined): readonly Operation[] => [{ type: 'alterObject', kind, name: name ?? '' }];
  const drop = (kind: ObjectKind, name: string | undefined, ifExists: boolean | undefined): readonly Operation[] => [
    { type: 'dropObject', kind, name: name ?? '', ...(ifExists ? { ifExists } : {}) },
  ];
  const { kind, value } = node;
  switch (kind) {
    case 'DefineStmt':
      return create(objectKinds[value.kind ?? ''] ?? 'type', stringsOf(value.defnames), value.if_not_exists);
    case 'CreateRangeStmt':
      return [{ type: 'createObject', object: { kind: 'type', ...made(draft, rangeOf(stringsOf(value.typeName))), definition: sql } }];
    case 'AlterTypeStmt':
      return alter('type', stringsOf(value.typeName).at(-1));
    case 'RuleStmt':
      return create('rule', [value.rulename ?? '']);
    case 'CreateCastStmt':
      return create('cast', [`${typeText(draft, value.sourcetype)} AS ${typeText(draft, value.targettype)}`]);
    case 'CreateTransformStmt':
      return create('transform', [`${typeText(draft, value.type_name)} ${value.lang ?? ''}`]);
    case 'CreateStatsStmt':
      return create('statistics', stringsOf(value.defnames), value.if_not_exists);
    case 'AlterStatsStmt':
      return alter('statistics', stringsOf(value.defnames).at(-1));
    case 'CreateForeignTableStmt':
      return [
        {
          type: 'createObject',
          object: { kind: 'foreign table', ...made(draft, value.base?.relation), definition: sql },
          ...(value.base?.if_not_exists ? { ifNotExists: true } : {}),
        },
      ];
    case 'CreateFdwStmt':
      return create('foreign data wrapper', [value.fdwname ?? '']);
    case 'AlterFdwStmt':
      return alter('foreign data wrapper', value.fdwname);
    case 'CreateForeignServerStmt':
      return create('server', [value.servername ?? ''], value.if_not_exists);
    case 'AlterForeignServerStmt':
      return alter('server', value.servername);
    case 'CreateUserMappingStmt':
      return create('user mapping', [`${roleName(value.user)} ${value.servername ?? ''}`], value.if_not_exists);
    case 'AlterUserMappingStmt':
      return alter('user mapping', `${roleName(value.user)} ${value.servername ?? ''}`);
    case 'DropUserMappingStmt':
      return drop('user mapping', `${roleName(value.user)} ${value.servername ?? ''}`, value.missing_ok);
    case 'CreateEventTrigStmt':
      return create('event trigger', [value.trigname ?? '']);
    case 'AlterEventTrigStmt':
      return alter('event trigger', value.trigname);
    case 'CreatePLangStmt':
      return create('language', [value.plname ?? '']);
    case 'CreateConversionStmt':
      return create('conversion', stringsOf(value.conversion_name));
    case 'CreateAmStmt':
      return create('access method', [value.amname ?? '']);
    case 'CreatePublicationStmt':
      return create('publication', [value.pubname ?? '']);
    case 'AlterPublicationStmt':
      return alter('publication', value.pubname);
    case 'CreateSubscriptionStmt':
      return create('subscription', [value.subname ?? '']);
    case 'AlterSubscriptionStmt':
      return alter('subscription', value.subname);
    case 'DropSubscriptionStmt':
      return drop('subscription', value.subname, value.missing_ok);
    case 'CreateRoleStmt':
      return create('role', [value.role ?? '']);
    case 'AlterRoleStmt':
      return alter('role', roleName(value.role));
    case 'AlterRoleSetStmt':
      return alter('role', roleName(value.role));
    case 'DropRoleStmt':
      return (value.roles ?? []).flatMap((role) => drop('role', namesOf(role)[0], value.missing_ok));
    case 'CreateOpClassStmt':
      return create('operator class', stringsOf(value.opclassname));
    case 'CreateOpFamilyStmt':
      return create('operator family', stringsOf(value.opfamilyname));
    case 'AlterOpFamilyStmt':
      return alter('operator family', stringsOf(value.opfamilyname).at(-1));
    case 'AlterOperatorStmt':
      return alter('operator', stringsOf(value.opername?.objname).at(-1));
    case 'AlterCollationStmt':
      return alter('collation', stringsOf(value.collname).at(-1));
    case 'AlterTSDictionaryStmt':
      return alter('text search', stringsOf(value.dictname).at(-1));
    case 'AlterTSConfigurationStmt':
      return alter('text search', stringsOf(value.cfgname).at(-1));
    case 'CreateTableSpaceStmt':
      return create('tablespace', [value.tablespacename ?? '']);
    case 'AlterTableSpaceOptionsStmt':
      return alter('tablespace', value.tablespacename);
    case 'DropTableSpaceStmt':
      return drop('tablespace', value.tablespacename, value.missing_ok);
    case 'CreatedbStmt':
      return create('database', [value.dbname ?? '']);
    case 'AlterDatabaseStmt':
      return alter('database', value.dbname);
    case 'AlterDatabaseSetStmt':
      return alter('database', value.dbname);
    case 'AlterDatabaseRefreshCollStmt':
      return alter('database', value.dbname);
    case 'DropdbStmt':
      return drop('database', value.dbname, value.missing_ok);
    default:
      return undefined;
  }
}
