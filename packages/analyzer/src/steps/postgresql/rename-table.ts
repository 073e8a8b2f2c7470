import { nameSql, onOf, type Recipe, tableIn, tableSql } from '../asked.js';

/** A table rename behind a view of the old name, which PostgreSQL lets releases read and write as the table. */
export const renameTable: Recipe<'renameTable'> = ({ operation, before, facts, version }) => {
  const on = onOf(operation);
  const table = tableIn(before, on);
  if (!table || facts.made.has(operation.table)) return { kept: 'no running release knows the table' };
  if (table.rowSecurity !== undefined && version < 15)
    return { kept: 'before PostgreSQL 15 a view reads with the rights of its owner, past the row security of the table' };
  const to = { ...on, table: operation.to };
  const invoker = version >= 15 ? ' WITH (security_invoker = true)' : '';
  return {
    steps: [
      {
        kind: 'statement',
        stage: 'add columns',
        table: on,
        sql: `ALTER TABLE ${tableSql(on)} RENAME TO ${nameSql(operation.to)}`,
        why: 'Table and view change names in one transaction: nobody misses either. Roles need their privileges on the view too.',
        verdicts: { code: { basis: 'predicted', breaksOld: false, needsNew: true, reason: `New code that names \`${operation.to}\` must wait for it.` } },
      },
      { kind: 'statement', stage: 'add columns', table: on, sql: `CREATE VIEW ${tableSql(on)}${invoker} AS SELECT * FROM ${tableSql(to)}` },
      {
        kind: 'statement',
        stage: 'drop replaced',
        table: on,
        sql: `DROP VIEW ${tableSql(on)}`,
        verdicts: { code: { basis: 'predicted', breaksOld: true, needsNew: false, reason: `Statements that name \`${operation.table}\` fail with 42P01.` } },
        need: { release: `names \`${operation.to}\` instead of \`${operation.table}\`` },
      },
    ],
  };
};
