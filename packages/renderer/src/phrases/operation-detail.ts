import type { Operation } from '@planwright/spec';
import { columnType, constraint } from './definition.js';
import { operation } from './operation.js';
import { count } from './quantity.js';
import { relation } from './relation.js';

/** "ADD COLUMN currency_code, char(3) NOT NULL": an operation with what it makes, where it is named alone and not in a row of its table. */
export function operationDetail(value: Operation): string {
  const said = operation(value);
  switch (value.type) {
    case 'createTable':
    case 'dropTable':
      return `${said} ${relation(value)}`;
    case 'addColumn':
      return `${said}, ${columnType(value.column)}`;
    case 'alterColumnType':
      return `${said} TYPE ${value.to}`;
    case 'setNotNull':
      return `${said} SET NOT NULL`;
    case 'dropNotNull':
      return `${said} DROP NOT NULL`;
    case 'setDefault':
      return `${said} SET DEFAULT ${value.default}`;
    case 'dropDefault':
      return `${said} DROP DEFAULT`;
    case 'addConstraint':
      return `${said}, ${constraint(value.constraint)}`;
    case 'createIndex':
    case 'dropIndex':
      return value.concurrently ? `${said}, CONCURRENTLY` : said;
    case 'createPolicy':
      return `${said}, ${(value.policy.command ?? 'all').toUpperCase()} for ${(value.policy.roles ?? ['every role']).join(', ')}`;
    case 'setSetting':
      return value.value === undefined ? said : `${said} = ${value.value}`;
    case 'insertRows':
      return value.rows === undefined ? said : `${said}, ${count(value.rows, 'row')}`;
    case 'unknown':
      return `${said}: ${value.reason}`;
    default:
      return said;
  }
}
