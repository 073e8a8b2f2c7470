import type { Operation, Snapshot, Table } from '@planwright/spec';
import { escaped } from '../../escaped.js';
import { lastPart, mentions, renameIn, withoutQualifier } from '../../expression-names.js';
import { defaultVolatility } from '../../verdicts/postgresql/default-volatility.js';
import { onTableText } from '../../verdicts/statement-facts.js';
import { nameSql, onOf, type Recipe, tableIn } from '../asked.js';
import { differs, ofType } from '../differs.js';

type UpdateRows = Extract<Operation, { readonly type: 'updateRows' }>;

/** UPDATE of many rows: the same in batches by key. */
export const updateRows: Recipe<'updateRows'> = ({ operation, before, isNewColumn }) => {
  const on = onOf(operation);
  const { from, alias } = operation;
  const table = tableIn(before, on);
  if (!operation.set || Object.keys(operation.set).length === 0)
    return { kept: 'its values come from a WITH query, or to several columns at once, which batches by key do not follow' };
  if (!table) return { kept: 'the table is not known from the migrations before' };
  if (table.partitionBy !== undefined || table.inherits?.length) return { kept: 'the rows of a family of tables have no common key to go by' };
  if (from?.includes(onTableText(on)) && readsWhatItSets(operation))
    return { kept: 'it reads the table that it changes, and a batch would see what the batches before it have written' };
  if (alias !== undefined && table.columns.some(({ name }) => name === alias)) return { kept: `\`${alias}\` is a column of the table and a name for it` };
  const { set, where } = valuesOfTheRow(operation, before);
  const columns = Object.keys(set);
  // A row that is right already is left alone; where the value depends on the row's own former one, each key comes once.
  const repeatable = Object.values(set).every(
    (value) => defaultVolatility(value) === 'constant' && !/\bselect\b/i.test(value) && !columns.some((column) => mentions(value, column)),
  );
  const types = Object.fromEntries(table.columns.flatMap(({ name, type }) => (name in set ? [[name, type]] : [])));
  const wrong = columns.map((column) => differs(nameSql(column), ofType(set[column] ?? '', types[column], table), types[column]));
  return {
    steps: [],
    fills: [
      {
        set,
        where: where ?? (repeatable ? wrong.join(' OR ') : 'true'),
        ...(where === undefined && repeatable ? { everyRow: true } : {}),
        ownColumns: columns.every((column) => isNewColumn(on, column)),
        types,
        ...(from?.length ? { reads: from } : {}),
      },
    ],
  };
};

/** Whether a query over the table itself may read a column that the statement sets. */
function readsWhatItSets({ set = {}, where = '', fromClause }: UpdateRows): boolean {
  if (fromClause !== undefined) return true;
  const queries = [...Object.values(set), where].flatMap(subqueriesIn).join(' ');
  return Object.keys(set).some((column) => mentions(queries, column));
}

/** What stands in parentheses behind SELECT or WITH. */
function subqueriesIn(text: string): readonly string[] {
  const found: string[] = [];
  for (const { index } of text.matchAll(/\(\s*(?:select|with)\b/gi)) {
    let depth = 0;
    let end = index;
    do {
      if (text[end] === '(') depth++;
      else if (text[end] === ')') depth--;
      end++;
    } while (depth > 0 && end < text.length);
    found.push(text.slice(index, end));
  }
  return found;
}

/** Values and condition as they are told from one row, by the table's own name: what is joined is looked up row by row. */
function valuesOfTheRow(
  { set = {}, where, fromClause, alias, ...operation }: UpdateRows,
  before: Snapshot,
): { set: Readonly<Record<string, string>>; where?: string } {
  const plain = (text: string): string => {
    // Where nothing else is read, columns need no table before them.
    if (fromClause === undefined && !/\bselect\b/i.test(text)) return withoutQualifier(text, alias ?? operation.table);
    return alias === undefined ? text : renameIn(text, alias, nameSql(operation.table));
  };
  const condition = where === undefined ? undefined : plain(where);
  if (fromClause === undefined) return { set: mapped(set, plain), ...(condition === undefined ? {} : { where: condition }) };
  const source = plain(fromClause);
  const looked = `FROM ${source}${condition === undefined ? '' : ` WHERE ${condition}`}`;
  // UPDATE takes any of several rows that match; a subquery must be told to.
  const first = condition !== undefined && findsOne(source, condition, operation.from ?? [], before) ? '' : ' LIMIT 1';
  return { set: mapped(set, (value) => `(SELECT ${plain(value)} ${looked}${first})`), where: `EXISTS (SELECT ${looked})` };
}

function mapped(set: Readonly<Record<string, string>>, change: (value: string) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(set).map(([column, value]) => [column, change(value)]));
}

/** Whether at most one row of a single joined table matches: the condition gives each column of one of its keys a value. */
function findsOne(source: string, condition: string, from: readonly string[], before: Snapshot): boolean {
  const [, name, alias = name && lastPart(name)] = /^([\w$."]+)(?:\s+(?:as\s+)?([\w$"]+))?$/i.exec(source.trim()) ?? [];
  const [only, another] = from;
  if (name === undefined || alias === undefined || only === undefined || another !== undefined || /\b(?:or|not|case)\b/i.test(condition)) return false;
  const table: Table | undefined = before.tables.find(
    (one) => onTableText({ ...(one.schema === undefined ? {} : { schema: one.schema }), table: one.name }) === only,
  );
  const given = (column: string): boolean => {
    const reference = `${escaped(alias)}\\."?${escaped(column)}"?`;
    return new RegExp(`(?:^|[^\\w.])${reference}\\s*=[^=]|[^<>!=]=\\s*${reference}(?![\\w."])`, 'i').test(condition);
  };
  return (table?.constraints ?? []).some((key) => (key.type === 'primaryKey' || key.type === 'unique') && key.columns.every(given));
}
