import { viewsGone } from '../../lock-facts/postgresql/lost.js';
import { dependentsOn, keysOnColumn } from '../../verdicts/postgresql/dependents.js';
import { type StatementFacts, tableText } from '../../verdicts/statement-facts.js';
import { columnIn, nameSql, onOf, type Recipe, tableIn, tableSql, written } from '../asked.js';

/** DROP COLUMN once nobody names it. */
export const dropColumn: Recipe<'dropColumn'> = ({ operation, before, facts, left, viewsRemade }) => {
  const on = onOf(operation);
  const column = columnIn(before, on, operation.column);
  const shown = `${operation.table}.${operation.column}`;
  // What the change itself has made, nobody uses.
  if (facts.made.has(shown)) return { kept: 'no running release knows the column' };
  if (!column) return { kept: 'the column is not known from the schema before' };
  const must = column.notNull && column.default === undefined && !column.identity && !column.generated;
  const lost = viewsRemade ? [] : viewsGone(facts).map((view) => `\`${tableText(view)}\``);
  const cascade = operation.cascade && !(viewsRemade && takesViewsOnly(facts, operation)) ? ' CASCADE' : '';
  const inKey = tableIn(before, on)?.constraints?.some((constraint) => constraint.type === 'primaryKey' && constraint.columns.includes(operation.column));
  return {
    steps: [
      ...(must && !inKey
        ? [
            {
              kind: 'alter',
              stage: 'add columns',
              table: on,
              action: `ALTER COLUMN ${nameSql(operation.column)} DROP NOT NULL`,
              why: `The next release no longer gives \`${operation.column}\` a value.`,
            } as const,
          ]
        : []),
      {
        kind: 'alter',
        stage: 'drop old',
        table: on,
        action: `DROP COLUMN ${nameSql(operation.column)}${cascade}`,
        why: `Point of no return: the values go${left.length > 0 ? `, and with them ${left.flatMap((one) => (one.kind === 'guard' ? [] : `\`${one.drop.name}\``)).join(' and ')}` : ''}. A brief ACCESS EXCLUSIVE.`,
        ...(left.length > 0 ? { also: left.map(({ from }) => from) } : {}),
        need: {
          release: `does without \`${shown}\`${lost.length > 0 ? ` and what goes with it: ${lost.join(', ')}` : ''}`,
          condition: `the values of \`${shown}\` are archived, or somebody has decided that nobody needs them`,
        },
      },
    ],
  };
};

/** Whether CASCADE takes nothing but views. */
function takesViewsOnly(facts: StatementFacts, on: Parameters<typeof dependentsOn>[1]): boolean {
  return dependentsOn(facts, on).length === facts.restsOn.readers.length && keysOnColumn(facts, on).length === 0;
}

/** DROP TABLE once nobody names it. */
export const dropTable: Recipe<'dropTable'> = ({ operation, before, facts, left }) => {
  const on = onOf(operation);
  if (facts.made.has(operation.table)) return { kept: 'no running release knows the table' };
  if (!tableIn(before, on)) return { kept: 'the table is not known from the schema before' };
  return {
    steps: [
      {
        kind: 'statement',
        stage: 'drop old',
        table: on,
        sql: `DROP TABLE ${tableSql(on)}${operation.cascade ? ' CASCADE' : ''}`,
        why: `Point of no return: the rows go.${left.some((one) => one.kind === 'guard' && one.isOn) ? ' Row level security goes with the table, and not before: until then its rows are for those alone who see them today.' : ''}`,
        ...(left.length > 0 ? { also: left.map(({ from }) => from) } : {}),
        need: {
          release: `does without \`${operation.table}\``,
          condition: `the rows of \`${operation.table}\` are archived, or somebody has decided that nobody needs them`,
        },
      },
    ],
  };
};

/** DROP INDEX beside running code. */
export const dropIndex: Recipe<'dropIndex'> = ({ operation, before, breaks }) => {
  const owner = before.tables.find(({ schema, indexes }) => schema === operation.schema && indexes?.some(({ name }) => name === operation.name));
  if (owner?.partitionBy !== undefined || operation.cascade) return { kept: 'an index of a partitioned table is not dropped CONCURRENTLY' };
  const [sql] = written({ ...operation, concurrently: true }, before) ?? [];
  if (sql === undefined) return { kept: 'its SQL cannot be written' };
  return {
    steps: [
      {
        kind: 'statement',
        stage: breaks ? 'drop old' : 'follow',
        ...(owner ? { table: onOf({ ...(owner.schema === undefined ? {} : { schema: owner.schema }), table: owner.name }) } : {}),
        sql,
        alone: 'DROP INDEX CONCURRENTLY cannot run inside one.',
        why: 'A plain DROP INDEX takes ACCESS EXCLUSIVE on the table; so it waits for the transactions that use it, and holds up nobody.',
        ...(breaks ? { need: { release: `does without \`${operation.name}\`` } } : {}),
      },
    ],
  };
};
