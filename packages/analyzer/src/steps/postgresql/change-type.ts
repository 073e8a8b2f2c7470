import { typeDefinition } from '@planwright/sql';
import { mentions, renameIn } from '../../expression-names.js';
import { isPlainCast } from '../../verdicts/postgresql/base-type.js';
import { typeChange } from '../../verdicts/postgresql/type-change.js';
import { zoneOf } from '../../verdicts/postgresql/type-outcome.js';
import { onTableText } from '../../verdicts/statement-facts.js';
import { type Asked, joined, nameSql, onOf, type Recipe, tableIn } from '../asked.js';
import { differs } from '../differs.js';
import { numbering } from './numbering.js';
import { repointed } from './referencing-keys.js';
import { interimName, replaceable, resting } from './replaced-column.js';

/** A type change as a second column that is filled beside the old one and takes its name in one short transaction: nothing is written anew under a lock. */
export const alterColumnType: Recipe<'alterColumnType'> = (asked) => {
  const { operation, after, refused } = asked;
  const on = onOf(operation);
  const found = replaceable(asked, on, operation.column, true);
  if ('kept' in found) return found;
  const { column } = found;
  const now = tableIn(after, on)?.columns.find(({ name }) => name === operation.column);
  if (!now) return { kept: 'the column after the change is not known' };
  const using = operation.using;
  if (using !== undefined && !mentions(using, operation.column)) return { kept: 'its USING expression does not name the column' };
  const interim = freeColumn(asked, on.table, interimName(operation.column));
  const old = freeColumn(asked, on.table, joined(operation.column, undefined, 'old'));
  const forward = (name: string): string => (using === undefined ? `${name}::${now.type}` : renameIn(using, operation.column, name));
  const { default: written, notNull, identity: _identity, identityOptions: _options, comment: _, ...bare } = now;
  // A type of labels that is built anew takes the same texts.
  const byText = using !== undefined && new RegExp(`^\\(?"?${operation.column}"?::text(?:\\[\\])?::[\\w".]+(?:\\[\\])?\\)?$`).test(using.trim());
  const change = typeChange(column.type, now.type);
  // Every value of the new type is one of the old, or was until somebody wrote a larger one.
  const back = typeChange(now.type, column.type);
  const rounds = using === undefined && change.rounds === true && (back.kind === 'widens' || (back.kind === 'converts' && back.total === true));
  // jsonb knows no spaces, no order of keys, and of two keys alike the last.
  const respells = isPlainCast(operation) && column.type === 'json' && now.type === 'jsonb';
  const keepsLess = rounds ? 'rounded' : respells ? 'respelt' : undefined;
  const zone = zoneOf({ to: now.type, ...(using === undefined ? {} : { using }) }, column.type);
  const goesBack =
    keepsLess !== undefined ||
    zone !== undefined ||
    (using === undefined && !change.rounds && (change.kind === 'widens' || change.kind === 'same' || back.kind === 'widens'));
  const { default: _default, notNull: _notNull, identity: _identityBefore, identityOptions: _optionsBefore, comment: _comment, ...bareBefore } = column;
  return {
    steps: [
      {
        kind: 'alter',
        stage: 'add columns',
        table: on,
        action: `ADD COLUMN ${nameSql(interim)} ${typeDefinition(bare)}`,
        copies: [`${onTableText(on)}.${interim}`],
        why: `\`${interim}\` takes the values of \`${operation.column}\` as ${now.type}, and later its name: ALTER COLUMN TYPE would write the table and its indexes anew under ACCESS EXCLUSIVE.`,
      },
      ...resting(asked, on, found, interim, 'swap'),
      ...repointed(asked, on, found, interim),
      ...numbering(asked, on, found, { from: old, to: operation.column, stage: 'after swap' }),
    ],
    mirrors: [
      {
        old: operation.column,
        interim,
        forward,
        ...(byText ? { byText } : {}),
        ...(goesBack && change.kind !== 'widens' ? { fits: true } : {}),
        ...(keepsLess ? { keepsLess } : {}),
        // Assigned and not cast: a cast would cut a text to the old length, where it has to be refused.
        ...(goesBack || byText
          ? { backward: (name: string) => (byText ? `${name}::text::${column.type}` : zone === undefined ? name : `${name} AT TIME ZONE ${zone}`) }
          : {}),
        oldAfterSwap: old,
        definition: typeDefinition(bareBefore),
        notNull: notNull === true,
        hasDefault: column.default !== undefined,
        ...(written === undefined ? {} : { default: written }),
      },
    ],
    fills: [
      {
        set: { [interim]: forward(nameSql(operation.column)) },
        where: differs(nameSql(interim), forward(nameSql(operation.column)), now.type),
        everyRow: true,
        ownColumns: true,
        ...(refused ? { refused } : {}),
      },
    ],
  };
};

function freeColumn({ before, after, operation }: Asked<'alterColumnType'>, table: string, wanted: string): string {
  const names = new Set(
    [before, after].flatMap((snapshot) =>
      snapshot.tables.filter(({ name, schema }) => name === table && schema === operation.schema).flatMap(({ columns }) => columns.map(({ name }) => name)),
    ),
  );
  let name = wanted;
  for (let number = 1; names.has(name); number++) name = `${wanted}${number}`;
  return name;
}
