import { identityDefinition, quoteLiteral } from '@planwright/sql/postgresql';
import type { On } from '../../lock-facts/postgresql/surroundings.js';
import { type Asked, besideSql, nameSql, tableSql } from '../asked.js';
import type { Stage, Step } from '../step.js';
import type { ReplacedColumn } from './replaced-column.js';

/** The two columns as they are called when the numbering changes hands, and when that is. */
interface Handover {
  readonly from: string;
  readonly to: string;
  readonly stage: Stage;
}

/** What numbers the rows goes on with the column that takes over: its identity, or the sequence that belongs to it. */
export function numbering({ before }: Pick<Asked, 'before'>, on: On, { column }: ReplacedColumn, { from: old, to, stage }: Handover): readonly Step[] {
  const table = tableSql(on);
  const name = nameSql(to);
  const statement = (sql: string, down?: string, why?: string): Step => ({
    kind: 'statement',
    stage,
    table: on,
    sql,
    ...(down === undefined ? {} : { down }),
    ...(why === undefined ? {} : { why }),
  });
  if (column.identity) {
    const sequence = (of: string): string => `pg_get_serial_sequence(${quoteLiteral(table)}, ${quoteLiteral(of)})`;
    const keep = (of: string): string => `SELECT set_config('planwright.next_number', nextval(${sequence(of)})::text, true)`;
    const goOn = (of: string): string => `SELECT setval(${sequence(of)}, current_setting('planwright.next_number')::bigint, false)`;
    const add = `ADD ${identityDefinition(column.identity, column.identityOptions)}`;
    const former = `ALTER TABLE ${table} ALTER COLUMN ${nameSql(old)}`;
    const now = `ALTER TABLE ${table} ALTER COLUMN ${name}`;
    // Where the way back runs outside a transaction, it is one statement all the same.
    const alone = stage === 'drop replaced';
    const back = (of: string): string =>
      `DO $$\nDECLARE\n  next_number bigint := nextval(${sequence(to)});\nBEGIN\n  ${now} DROP IDENTITY;\n  ${former} ${add};\n  PERFORM setval(${sequence(of)}, next_number, false);\nEND\n$$`;
    const down = (text: string): string => (alone ? '' : text);
    return [
      statement(keep(old), alone ? back(old) : goOn(old), 'The next number is kept for this transaction; nobody takes one meanwhile.'),
      statement(`${former} DROP IDENTITY`, down(`${former} ${add}`)),
      statement(`${now} ${add}`, down(`${now} DROP IDENTITY`)),
      statement(goOn(to), down(keep(to)), 'The numbers go on where they were.'),
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
