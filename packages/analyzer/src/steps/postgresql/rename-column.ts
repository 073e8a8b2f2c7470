import { typeDefinition } from '@planwright/sql';
import { onTableText } from '../../verdicts/statement-facts.js';
import { nameSql, onOf, type Recipe } from '../asked.js';
import { differs } from '../differs.js';
import { numbering } from './numbering.js';
import { repointedViews, viewsReading } from './reading-views.js';
import { repointed } from './referencing-keys.js';
import { type ReplacedColumn, replaceable, resting } from './replaced-column.js';

/** A column rename as a second column: a trigger keeps both equal, so that the release that names the old and the one that names the new run side by side. */
export const renameColumn: Recipe<'renameColumn'> = (asked) => {
  const { operation } = asked;
  const on = onOf(operation);
  const found = replaceable(asked, on, operation.column);
  if ('kept' in found) return found;
  const { column } = found;
  const views = repointedViews(asked, on, operation.column, operation.to);
  if ('kept' in views) return views;
  const grouped =
    views.steps.length > 0 &&
    isInKey(found, operation.column) &&
    viewsReading(asked.before, on, operation.column).find(({ query }) => /\bgroup\s+by\b/i.test(query));
  if (grouped)
    return {
      kept: `the view \`${grouped.name}\` groups, and may rest on the primary key, which changes columns. Drop the view before and make it again after, in the same migration`,
    };
  const { notNull, default: written, identity: _identity, identityOptions: _options, comment: _, ...bare } = column;
  return {
    steps: [
      {
        kind: 'alter',
        stage: 'add columns',
        table: on,
        action: `ADD COLUMN ${nameSql(operation.to)} ${typeDefinition(bare)}`,
        copies: [`${onTableText(on)}.${operation.to}`],
        why: `\`${operation.to}\` stands beside \`${operation.column}\` until no release names the old one. Without a default no row is written.`,
      },
      ...resting(asked, on, found, operation.to, 'use index for release'),
      ...repointed(asked, on, found, operation.to),
      ...numbering(asked, on, found, { from: operation.column, to: operation.to, stage: 'drop replaced' }),
      ...views.steps,
    ],
    mirrors: [
      {
        old: operation.column,
        interim: operation.to,
        forward: nameSql,
        backward: nameSql,
        definition: typeDefinition(bare),
        notNull: notNull === true,
        hasDefault: written !== undefined,
        ...(written === undefined ? {} : { default: written }),
      },
    ],
    fills: [
      {
        set: { [operation.to]: nameSql(operation.column) },
        where: differs(nameSql(operation.to), nameSql(operation.column), bare.type),
        everyRow: true,
        ownColumns: true,
      },
    ],
  };
};

function isInKey({ table }: ReplacedColumn, column: string): boolean {
  return table.constraints?.some((constraint) => constraint.type === 'primaryKey' && constraint.columns.includes(column)) === true;
}
