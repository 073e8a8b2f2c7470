import type { On } from '../../lock-facts/postgresql/surroundings.js';
import { onTableText } from '../../verdicts/statement-facts.js';
import { type Answer, type Asked, nameSql, onOf, type Recipe, tableIn, tableSql } from '../asked.js';

/** A table rename behind a view of the old name, which PostgreSQL lets releases read and write as the table. */
export const renameTable: Recipe<'renameTable'> = (asked) => {
  const on = onOf(asked.operation);
  const { to } = asked.operation;
  return behindView(asked, on, { ...on, table: to }, `RENAME TO ${nameSql(to)}`, 'Roles need their privileges on the view too.');
};

/** A table that moves to another schema, in the same way. */
export const setTableSchema: Recipe<'setTableSchema'> = (asked) => {
  const on = onOf(asked.operation);
  const { to } = asked.operation;
  const schema = to === (asked.before.defaultSchema ?? 'public') ? {} : { schema: to };
  return behindView(
    asked,
    on,
    { ...schema, table: on.table },
    `SET SCHEMA ${nameSql(to)}`,
    `Roles need their privileges on the view too, and USAGE on \`${to}\`. The sequences of its columns move along.`,
  );
};

function behindView({ before, facts, version }: Pick<Asked, 'before' | 'facts' | 'version'>, on: On, to: On, action: string, roles: string): Answer {
  const table = tableIn(before, on);
  if (!table || facts.made.has(onTableText(on))) return { kept: 'no running release knows the table' };
  if (table.rowSecurity !== undefined && version < 15)
    return { kept: 'before PostgreSQL 15 a view reads with the rights of its owner, past the row security of the table' };
  const invoker = version >= 15 ? ' WITH (security_invoker = true)' : '';
  return {
    steps: [
      {
        kind: 'statement',
        stage: 'add columns',
        table: on,
        sql: `ALTER TABLE ${tableSql(on)} ${action}`,
        why: `Table and view change names in one transaction: nobody misses either. ${roles}`,
        verdicts: { code: { basis: 'predicted', breaksOld: false, needsNew: true, reason: `New code that names \`${onTableText(to)}\` must wait for it.` } },
      },
      { kind: 'statement', stage: 'add columns', table: on, sql: `CREATE VIEW ${tableSql(on)}${invoker} AS SELECT * FROM ${tableSql(to)}` },
      {
        kind: 'statement',
        stage: 'drop replaced',
        table: on,
        sql: `DROP VIEW ${tableSql(on)}`,
        verdicts: { code: { basis: 'predicted', breaksOld: true, needsNew: false, reason: `Statements that name \`${onTableText(on)}\` fail with 42P01.` } },
        need: { release: `names \`${onTableText(to)}\` instead of \`${onTableText(on)}\`` },
      },
    ],
  };
}
