import { mentions } from '../../expression-names.js';
import type { On } from '../../lock-facts/postgresql/surroundings.js';
import { besideSql, joined, madeIndex, nameSql, onOf, type Recipe, tableIn, written } from '../asked.js';
import type { Step } from '../step.js';
import type { IndexSuccession } from '../succession.js';
import { concurrentWhy } from './constraint.js';
import { indexOfPartitions } from './index-of-partitions.js';

/** CREATE INDEX beside running code. */
export const createIndex: Recipe<'createIndex'> = (asked) => {
  const { operation, before, breaks, interim } = asked;
  const on = onOf(operation);
  const table = tableIn(before, on);
  if (table?.partitionBy !== undefined) return indexOfPartitions(asked);
  const name = operation.index.name ?? madeIndex(asked, on, operation.index)?.name;
  if (name === undefined) return { kept: 'the name that PostgreSQL gives the index is not known' };
  const expressions = [operation.index.where ?? '', ...operation.index.keys.map(({ expression }) => expression ?? '')].join(' ');
  if (table?.columns.some((column) => interim(on, column.name) !== column.name && mentions(expressions, column.name)))
    return { kept: 'an expression of the index names a column whose type the same change replaces' };
  const { ifNotExists: _, ...plain } = operation;
  const keys = operation.index.keys.map((key) => (key.column === undefined ? key : { ...key, column: interim(on, key.column) })) as typeof operation.index.keys;
  const include = operation.index.include?.map((column) => interim(on, column));
  // A constraint or an index that goes in the same change has the name until then.
  const taken = asked.isTaken(on, name);
  const succession = asked.left.find((one) => one.kind === 'index');
  const first = taken || succession ? joined(name, undefined, 'new') : name;
  const [sql] = written({ ...plain, concurrently: true, index: { ...operation.index, name: first, keys, ...(include ? { include } : {}) } }, before) ?? [];
  if (sql === undefined) return { kept: 'its SQL cannot be written' };
  const gated = breaks && operation.index.unique === true;
  return {
    steps: [
      {
        kind: 'statement',
        stage: gated ? 'build index for release' : 'build index',
        table: on,
        sql,
        alone: 'CREATE INDEX CONCURRENTLY cannot run inside one.',
        why: concurrentWhy,
        ...(gated ? { need: { release: `satisfies \`${name}\` of \`${on.table}\`` } } : {}),
      },
      ...(taken
        ? [
            {
              kind: 'statement',
              stage: 'use index for release',
              table: on,
              sql: `ALTER INDEX ${besideSql(on, first)} RENAME TO ${nameSql(name)}`,
              why: 'It takes the name of the constraint that has just gone: at no moment are the rows kept apart by neither.',
            } as const,
          ]
        : []),
      ...(succession ? takesOver(succession, on, first, gated) : []),
    ],
  };
};

/** Old and new change names, and the old one goes. */
function takesOver({ old: { unique }, from, drop: { name } }: IndexSuccession, on: On, first: string, gated: boolean): readonly Step[] {
  const last = joined(name, undefined, 'old');
  const late = gated || unique === true;
  const stage = late ? 'take over for release' : 'take over';
  const rename = (one: string, to: string): Step => ({
    kind: 'statement',
    stage,
    table: on,
    sql: `ALTER INDEX ${besideSql(on, one)} RENAME TO ${nameSql(to)}`,
    also: [from],
  });
  return [
    { ...rename(name, last), why: 'Names change in one transaction, under SHARE UPDATE EXCLUSIVE: at no moment is there neither index.' },
    rename(first, name),
    {
      kind: 'statement',
      stage: late ? 'follow for release' : 'follow',
      table: on,
      sql: `DROP INDEX CONCURRENTLY ${besideSql(on, last)}`,
      alone: 'DROP INDEX CONCURRENTLY cannot run inside one.',
      why: 'A plain DROP INDEX takes ACCESS EXCLUSIVE on the table; so it waits for the transactions that use it, and holds up nobody.',
      also: [from],
      ...(unique ? { need: { release: `rests no ON CONFLICT on \`${name}\` as it was` } } : {}),
    },
  ];
}
