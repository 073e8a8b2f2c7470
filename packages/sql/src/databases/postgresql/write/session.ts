import type { Operation, SetSettingOperation } from '@planwright/spec';
import { sql, unwritable, type Written, words } from '../../../written.js';
import { quoteIdentifier, quoteLiteral } from '../quote.js';
import { dotted, qualified } from './names.js';

/** Settings, transactions, locks, maintenance, privileges: what concerns the session more than the schema. */
export function writeSession(operation: Operation): Written | undefined {
  switch (operation.type) {
    case 'setSetting':
      // A setting's name has no empty part; who gives one means no setting.
      if (operation.name.split('.').includes('')) return unwritable(operation, 'PostgreSQL', `'${operation.name}' is no name of a setting.`);
      return sql(setting(operation));
    case 'controlTransaction':
      if (operation.action === 'begin' || operation.action === 'commit' || operation.action === 'rollback') return sql(operation.action.toUpperCase());
      return unwritable(operation, 'PostgreSQL', 'the name of the savepoint is not known.');
    case 'lockTable':
      return sql(`LOCK TABLE ${operation.tables.map(({ schema, table }) => qualified(schema, table)).join(', ')} IN ${operation.mode} MODE`);
    case 'maintain':
      return sql(
        words(
          operation.action.toUpperCase(),
          operation.full === true && 'FULL',
          operation.action !== 'checkpoint' && operation.table !== undefined && qualified(operation.schema, operation.table),
        ),
      );
    case 'changePrivileges':
      return unwritable(operation, 'PostgreSQL', 'the operation does not say which privileges.', 'Give the statement as `sql`.');
    case 'unknown':
      return unwritable(operation, 'PostgreSQL', 'it was not analysed.');
    default:
      return undefined;
  }
}

function setting({ name, value, local }: SetSettingOperation): string {
  if (name.toLowerCase() === 'constraints') return `SET CONSTRAINTS ALL ${value === 'immediate' ? 'IMMEDIATE' : 'DEFERRED'}`;
  if (value === undefined) return name.toLowerCase() === 'all' ? 'RESET ALL' : `RESET ${dotted(name)}`;
  // A search path is a list of names, which one literal cannot say.
  const written =
    name.toLowerCase() === 'search_path'
      ? value
          .split(',')
          .map((schema) => schema.trim().replace(/^"(.*)"$/, '$1'))
          .map((schema) => (schema === '' ? "''" : quoteIdentifier(schema)))
          .join(', ')
      : quoteLiteral(value);
  return words('SET', local && 'LOCAL', `${dotted(name)} = ${written}`);
}
