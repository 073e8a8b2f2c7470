import { tableSql } from './asked.js';
import type { RemadeView } from './given-later.js';
import type { PlacedStatement } from './placed-statement.js';
import type { StatementStep } from './step.js';

const why =
  'CASCADE would take it with the column. Here it goes and comes in one transaction, so nobody misses it; privileges that the change does not grant again go with it.';

/** A view that would go with a column, made anew before that goes; or what is said of it then. */
export function remadeView({ text, operations }: PlacedStatement, { drop, first }: RemadeView): readonly StatementStep[] {
  // What is granted on a view goes with it.
  const down = operations.every(({ type }) => type === 'changePrivileges') ? { down: '' } : {};
  return [
    ...first.map(
      (view): StatementStep => ({ kind: 'statement', stage: 'follow', sql: `DROP VIEW ${tableSql({ ...view, table: view.name })}`, why, also: [drop.id] }),
    ),
    { kind: 'statement', stage: 'follow', sql: text, ...down },
  ];
}
