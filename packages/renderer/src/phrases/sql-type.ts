import type { Operation } from '@planwright/spec';
import { operation } from './operation.js';

const dataTypes: ReadonlySet<Operation['type']> = new Set([
  'insertRows',
  'updateRows',
  'deleteRows',
  'mergeRows',
  'truncateTable',
  'backfill',
  'runQuery',
  'refreshView',
]);
const neither: ReadonlySet<Operation['type']> = new Set(['setSetting', 'controlTransaction', 'lockTable', 'maintain', 'unknown']);
// These are subcommands of ALTER TABLE; the others are statements of their own.
const subcommand =
  /^(?:ADD COLUMN|DROP COLUMN|ALTER COLUMN|RENAME(?: TO| CONSTRAINT)?(?= |$)|(?:ADD|DROP|ALTER|VALIDATE) CONSTRAINT|(?:ATTACH|DETACH) PARTITION|(?:NO )?INHERIT|SET SCHEMA|(?:ENABLE|DISABLE) TRIGGER|(?:ENABLE|DISABLE|FORCE|NO FORCE) RLS)/;

/** "DDL (ALTER TABLE ADD COLUMN)", "DML (BACKFILL)", "DDL (CREATE TABLE) and DML (INSERT)"; "not analysed" for nothing but unknown operations. */
export function sqlType(operations: readonly Operation[]): string {
  const ddl = new Set<string>();
  const dml = new Set<string>();
  for (const one of operations) {
    if (!neither.has(one.type)) (dataTypes.has(one.type) ? dml : ddl).add(statementOf(one));
  }
  const parts = [...(ddl.size > 0 ? [`DDL (${[...ddl].join(', ')})`] : []), ...(dml.size > 0 ? [`DML (${[...dml].join(', ')})`] : [])];
  if (operations.some(({ type }) => type === 'unknown')) parts.push('not analysed');
  return parts.length === 0 ? 'settings only' : parts.join(' and ');
}

function statementOf(one: Operation): string {
  const phrase = operation(one);
  const verb =
    one.type === 'renameColumn' ? 'RENAME COLUMN' : one.type === 'createPolicy' ? 'CREATE POLICY' : one.type === 'backfill' ? 'BACKFILL' : words(one, phrase);
  return subcommand.test(phrase) && one.type !== 'renameView' ? `ALTER TABLE ${verb}` : verb;
}

// The phrase without the names in it.
function words(one: Operation, phrase: string): string {
  if (one.type === 'renameTable') return 'RENAME';
  return (/^[A-Z]+(?: [A-Z]+)*(?= |$)/.exec(phrase)?.[0] ?? phrase).replace(/ (?:TO|ON)$/, '');
}
