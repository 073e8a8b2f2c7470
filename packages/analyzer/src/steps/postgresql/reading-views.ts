import type { Snapshot, View } from '@planwright/spec';
import type { On } from '../../lock-facts/postgresql/surroundings.js';
import { onTableText, tableText } from '../../verdicts/statement-facts.js';
import { viewOverRenamed, viewReads } from '../../view-reads.js';
import { type Asked, written } from '../asked.js';
import type { Step } from '../step.js';

/** Views that read a column of a table, by name or through a star. */
export function viewsReading({ views = [] }: Snapshot, on: On, column: string): readonly View[] {
  return views.filter((view) => viewReads(view, onTableText(on), column));
}

/** Views that read a column which another one replaces, pointed at that one before the old column goes; or why they cannot be. */
export function repointedViews(
  { before }: Pick<Asked, 'before'>,
  on: On,
  from: string,
  to: string,
): { readonly steps: readonly Step[] } | { readonly kept: string } {
  const columnsOf = (relation: string): readonly string[] | undefined =>
    before.tables
      .find(({ schema, name }) => onTableText(schema === undefined ? { table: name } : { schema, table: name }) === relation)
      ?.columns.map(({ name }) => name) ?? before.views?.find((view) => tableText(view) === relation)?.columns;
  const steps: Step[] = [];
  for (const view of viewsReading(before, on, from)) {
    const name = tableText(view);
    if (view.materialized)
      return {
        kept: `the materialized view \`${name}\` reads the column, and is not replaced in place: dropping it takes its grants, and making it again reads the table while its readers wait. By hand: a second materialized view on \`${to}\` with the same indexes, then in one transaction DROP and RENAME`,
      };
    const { comment: _, indexes: _indexes, ...moved } = viewOverRenamed(view, { table: onTableText(on), from, to }, columnsOf) ?? { kept: true };
    if (!('query' in moved)) return { kept: `the text of the view \`${name}\` does not tell which of its names are \`${on.table}.${from}\`` };
    const [sql] = written({ type: 'createView', view: moved, orReplace: true }, before) ?? [];
    if (sql === undefined) return { kept: `the view \`${name}\` reads it` };
    steps.push({
      kind: 'statement',
      stage: 'drop replaced',
      table: on,
      sql,
      why: `The view reads \`${to}\` instead of \`${from}\`. OR REPLACE: its columns, owner, privileges and comment stay, and so do the views on it.`,
    });
  }
  return { steps };
}
