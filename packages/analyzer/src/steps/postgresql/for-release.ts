import type { Operation } from '@planwright/spec';
import { quoteLiteral } from '@planwright/sql/postgresql';
import { firstNumber } from '../../verdicts/postgresql/numbers-again.js';
import { tableText } from '../../verdicts/statement-facts.js';
import { nameSql, onOf, type Recipe, tableSql, written } from '../asked.js';
import type { Need, Step } from '../step.js';

type OnColumn = Extract<Operation, { readonly type: 'dropDefault' | 'dropIdentity' }>;

/** What is brief and breaks the release of today waits for the next one. */
function waiting<Type extends OnColumn['type']>(phrase: (operation: Extract<OnColumn, { readonly type: Type }>) => string): Recipe<Type> {
  return ({ operation, before }) => {
    // `Type` is one of the two, each of which is on a column.
    const own = operation as unknown as Extract<OnColumn, { readonly type: Type }>;
    const [sql] = written(own, before) ?? [];
    return sql === undefined
      ? { kept: 'its SQL cannot be written' }
      : { steps: [{ kind: 'statement', stage: 'require', table: onOf(own), sql, need: { release: phrase(own) } }] };
  };
}

export const dropDefault = waiting<'dropDefault'>(({ table, column }) => `gives \`${table}.${column}\` a value`);
export const dropIdentity = waiting<'dropIdentity'>(({ table, column }) => `gives \`${table}.${column}\` a value`);

/** An identity that goes on behind the numbers that rows have. GENERATED ALWAYS refuses values that code gives, so it waits. */
export const setIdentity: Recipe<'setIdentity'> = ({ operation, before, facts, around }) => {
  const on = onOf(operation);
  const named = /\bsequence\s+name\b/i.test(around.sql);
  const [generated] = written(operation, before) ?? [];
  // A name for the sequence stands in the author's SQL alone.
  const sql = named ? (around.sql.includes(',') ? undefined : around.sql) : generated;
  if (sql === undefined) return { kept: named ? 'its sequence is given a name among other changes' : 'its SQL cannot be written' };
  const { table, column } = operation;
  const stage = operation.identity === 'always' ? 'require' : 'defaults';
  const sequence = `pg_get_serial_sequence(${quoteLiteral(tableSql(on))}, ${quoteLiteral(column)})`;
  return {
    steps: [
      {
        kind: 'statement',
        stage,
        table: on,
        sql,
        ...(operation.identity === 'always' ? { need: { release: `gives \`${table}.${column}\` no value of its own` } } : {}),
      },
      ...(firstNumber(facts, operation) === undefined
        ? []
        : [
            {
              kind: 'statement',
              stage,
              table: on,
              sql: `SELECT setval(${sequence}, max(${nameSql(column)})) FROM ${tableSql(on)} HAVING max(${nameSql(column)}) > 0`,
              down: '',
              why: 'The sequence would begin at 1, whatever rows have; behind the same lock nobody takes a number before it is set.',
            } as const,
          ]),
    ],
  };
};

/** ENABLE ROW LEVEL SECURITY once the policies are there and the roles of running code are among theirs. */
export const setRowSecurity: Recipe<'setRowSecurity'> = ({ operation, before }) => {
  const [sql] = written(operation, before) ?? [];
  if (sql === undefined) return { kept: 'its SQL cannot be written' };
  const need: Need = {
    release: `connects as a role that the policies of \`${operation.table}\` let through`,
    condition: `the policies of \`${operation.table}\` have been tried as the application's role`,
  };
  return {
    steps: [
      {
        kind: 'statement',
        stage: 'require',
        table: onOf(operation),
        sql,
        why: 'The policies are there before it: without one nobody but the owner would see a row.',
        need,
      },
    ],
  };
};

/** DROP VIEW once nobody names it. */
export const dropView: Recipe<'dropView'> = ({ operation, before }) => {
  const [sql] = written(operation, before) ?? [];
  if (sql === undefined) return { kept: 'its SQL cannot be written' };
  return {
    steps: [
      {
        kind: 'statement',
        stage: 'drop old',
        table: onOf({ ...(operation.schema === undefined ? {} : { schema: operation.schema }), table: operation.name }),
        sql,
        need: { release: `does without \`${operation.name}\`` },
      },
    ],
  };
};

/** A label is usable once its transaction is committed: it gets a migration of its own, before all that may write it. */
export const addEnumValue: Recipe<'addEnumValue'> = ({ operation, before }) => {
  if (!before.enums?.some(({ name, schema }) => name === operation.name && schema === operation.schema))
    return { kept: 'the type is made by the change itself' };
  const [sql] = written(operation, before) ?? [];
  return sql === undefined
    ? { kept: 'its SQL cannot be written' }
    : {
        steps: [
          { kind: 'statement', stage: 'create', sql, why: 'In a migration of its own: a label can be used only once its transaction is committed (55P04).' },
        ],
      };
};

/** A label is renamed at one moment, before which only the old name is written and after which only the new one: running code must cope with both. */
export const renameEnumValue: Recipe<'renameEnumValue'> = ({ operation, before }) => {
  if (!before.enums?.some(({ name, schema }) => name === operation.name && schema === operation.schema))
    return { kept: 'the type is made by the change itself' };
  const [sql] = written(operation, before) ?? [];
  if (sql === undefined) return { kept: 'its SQL cannot be written' };
  const [from, to] = [`\`${operation.label}\``, `\`${operation.to}\``];
  return {
    steps: [
      {
        kind: 'statement',
        stage: 'require',
        sql,
        why: 'Rows hold the label by number: none is read or written, and each shows the new name from the commit on. No transition holds both names of one label.',
        need: {
          release: `reads ${from} and ${to} of \`${operation.name}\` alike, and writes whichever of them the type has`,
        },
      },
    ],
  };
};

/** REFRESH beside readers, where a unique index lets PostgreSQL tell the rows apart. */
export const refreshView: Recipe<'refreshView'> = ({ operation, before }) => {
  const view = before.views?.find(({ name, schema }) => name === operation.name && schema === operation.schema);
  const unique = view?.indexes?.some(({ unique: is, where, keys }) => is && where === undefined && keys.every(({ column }) => column !== undefined));
  if (!view || !unique) return { kept: `\`${tableText(operation)}\` has no unique index on plain columns, without which it cannot be refreshed CONCURRENTLY` };
  const [sql] = written({ ...operation, concurrently: true }, before) ?? [];
  const step: Step | undefined =
    sql === undefined
      ? undefined
      : {
          kind: 'statement',
          stage: 'follow',
          table: { ...(operation.schema === undefined ? {} : { schema: operation.schema }), table: operation.name },
          sql,
          why: 'Readers go on while it is filled: EXCLUSIVE holds up other refreshes only.',
        };
  return step ? { steps: [step] } : { kept: 'its SQL cannot be written' };
};

export { tableSql };
