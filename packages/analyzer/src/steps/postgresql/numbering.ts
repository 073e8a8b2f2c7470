import { quoteLiteral } from '@planwright/sql/postgresql';
import type { On } from '../../lock-facts/postgresql/surroundings.js';
import { type Asked, besideSql, nameSql, tableSql } from '../asked.js';
import type { Step } from '../step.js';
import type { ReplacedColumn } from './replaced-column.js';

/** What numbers the rows goes on with the column that takes the name: its identity, or the sequence that belongs to it. After the swap the former one is `old`. */
export function numbering({ before }: Pick<Asked, 'before'>, on: On, { column }: ReplacedColumn, old: string): readonly Step[] {
  const table = tableSql(on);
  const name = nameSql(column.name);
  const statement = (sql: string, down?: string, why?: string): Step => ({
    kind: 'statement',
    stage: 'after swap',
    table: on,
    sql,
    ...(down === undefined ? {} : { down }),
    ...(why === undefined ? {} : { why }),
  });
  if (column.identity) {
    const sequence = (of: string): string => `pg_get_serial_sequence(${quoteLiteral(table)}, ${quoteLiteral(of)})`;
    const keep = (of: string): string => `SELECT set_config('planwright.next_number', nextval(${sequence(of)})::text, true)`;
    const goOn = (of: string): string => `SELECT setval(${sequence(of)}, current_setting('planwright.next_number')::bigint, false)`;
    const add = `ADD GENERATED ${column.identity.toUpperCase()} AS IDENTITY`;
    const former = `ALTER TABLE ${table} ALTER COLUMN ${nameSql(old)}`;
    const now = `ALTER TABLE ${table} ALTER COLUMN ${name}`;
    return [
      statement(keep(old), goOn(old), 'The next number is kept for this transaction; nobody takes one meanwhile.'),
      statement(`${former} DROP IDENTITY`, `${former} ${add}`),
      statement(`${now} ${add}`, `${now} DROP IDENTITY`, 'Where the identity had options of its own (INCREMENT, CACHE …), repeat them here.'),
      statement(goOn(column.name), keep(column.name), 'The numbers go on where they were.'),
    ];
  }
  const owned = (before.sequences ?? []).filter(
    ({ schema, ownedBy }) => schema === on.schema && (ownedBy === `${on.table}.${column.name}` || ownedBy?.endsWith(`.${on.table}.${column.name}`)),
  );
  return owned.map((sequence) =>
    statement(
      `ALTER SEQUENCE ${besideSql(on, sequence.name)} OWNED BY ${table}.${name}`,
      undefined,
      'Else it would go with the old column, and with it the default.',
    ),
  );
}
