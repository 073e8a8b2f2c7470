import type { Snapshot, Table } from '@planwright/spec';
import type { On } from '../../lock-facts/postgresql/surroundings.js';
import { joined, nameSql, onOf, type Recipe, tableIn, tableSql, written } from '../asked.js';
import type { Step } from '../step.js';
import { validation } from './not-null.js';

/** ATTACH PARTITION behind a validated check: no row is read under its lock. */
export const attachPartition: Recipe<'attachPartition'> = ({ operation, before }) => {
  if (operation.bounds === undefined) return { kept: 'it attaches an index' };
  const parent = onOf(operation);
  const child = onOf(operation.partition);
  const condition = boundsCondition(tableIn(before, parent), operation.bounds);
  if (condition === undefined) return { kept: 'its bounds cannot be written as a check' };
  const lacking = lackingIndex(tableIn(before, parent), tableIn(before, child));
  if (lacking !== undefined) return { kept: `\`${child.table}\` lacks an index like \`${lacking}\`, which ATTACH would build under its lock` };
  const check = nameSql(joined(child.table, undefined, 'bounds'));
  return {
    steps: [
      {
        kind: 'alter',
        stage: 'constraints not valid',
        table: child,
        action: `ADD CONSTRAINT ${check} CHECK (${condition}) NOT VALID`,
        why: 'NOT VALID looks at new rows only: a brief ACCESS EXCLUSIVE.',
      },
      validation(child, check, false),
      ...besideDefault(before, parent, condition),
      {
        kind: 'statement',
        stage: 'use index',
        table: parent,
        sql: `ALTER TABLE ${tableSql(parent)} ATTACH PARTITION ${tableSql(child)} ${operation.bounds}`,
        why: 'The valid check proves the bounds, so no row is read.',
      },
      { kind: 'alter', stage: 'drop helpers', table: child, action: `DROP CONSTRAINT ${check}` },
    ],
  };
};

/** CREATE TABLE … PARTITION OF as a table that is made alone and attached: reads and writes of the partitioned table go on. */
export const createPartition: Recipe<'createTable'> = ({ operation, before }) => {
  const { table } = operation;
  if (!table.partitionOf) return { kept: 'it is a new table' };
  const parent = onOf(table.partitionOf);
  const child: On = onOf({ ...(table.schema === undefined ? {} : { schema: table.schema }), table: table.name });
  if (!tableIn(before, parent)) return { kept: 'the partitioned table is made by the change itself' };
  if (table.partitionBy !== undefined || table.constraints?.length || table.options || operation.ifNotExists)
    return { kept: 'the partition has parts of its own' };
  const condition = boundsCondition(tableIn(before, parent), table.partitionOf.bounds);
  const defaults = condition === undefined ? (defaultPartition(before, parent) ? undefined : []) : besideDefault(before, parent, condition);
  if (!defaults) return { kept: 'its bounds cannot be written as a check of the default partition' };
  return {
    steps: [
      {
        kind: 'statement',
        stage: 'constraints not valid',
        table: parent,
        sql: `CREATE TABLE ${tableSql(child)} (LIKE ${tableSql(parent)} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED)`,
        why: 'PARTITION OF takes ACCESS EXCLUSIVE on the partitioned table; a table that is made alone and attached takes SHARE UPDATE EXCLUSIVE.',
      },
      ...defaults,
      {
        kind: 'statement',
        stage: defaults.length > 0 ? 'use index' : 'prepare backfill',
        table: parent,
        sql: `ALTER TABLE ${tableSql(parent)} ATTACH PARTITION ${tableSql(child)} ${table.partitionOf.bounds}`,
      },
    ],
  };
};

/** DETACH CONCURRENTLY, once no release looks for the rows in the partitioned table. */
export const detachPartition: Recipe<'detachPartition'> = ({ operation, before, version }) => {
  const parent = onOf(operation);
  if (version < 14) return { kept: 'PostgreSQL detaches CONCURRENTLY from version 14 on' };
  if (defaultPartition(before, parent)) return { kept: 'a table with a default partition does not detach CONCURRENTLY' };
  const child = onOf(operation.partition);
  const bounds = tableIn(before, child)?.partitionOf?.bounds;
  const [, key] = /^\w+\s*\(\s*"?([^",()]+?)"?\s*\)$/.exec(tableIn(before, parent)?.partitionBy?.trim() ?? '') ?? [];
  const left = key === undefined ? undefined : joined(child.table, key, 'check');
  const former = bounds === undefined ? undefined : boundsCondition(tableIn(before, parent), bounds);
  const known = tableIn(before, child)?.constraints?.some(({ name }) => name === left);
  const [sql] = written({ ...operation, concurrently: true }, before) ?? [];
  if (sql === undefined) return { kept: 'its SQL cannot be written' };
  return {
    steps: [
      {
        kind: 'statement',
        stage: 'drop old',
        table: parent,
        sql,
        alone: 'DETACH PARTITION CONCURRENTLY cannot run inside one.',
        why: `A plain DETACH takes ACCESS EXCLUSIVE on \`${parent.table}\`; so both only see SHARE UPDATE EXCLUSIVE until the last moment.`,
        need: { release: `does not look for the rows of \`${operation.partition.table}\` in \`${parent.table}\`` },
        ...(bounds === undefined || left === undefined
          ? {}
          : {
              down: `ALTER TABLE ${tableSql(parent)} ATTACH PARTITION ${tableSql(child)} ${bounds}${known ? '' : `;\nALTER TABLE ${tableSql(child)} DROP CONSTRAINT IF EXISTS ${nameSql(left)}`}`,
            }),
      },
      ...(left === undefined || known
        ? []
        : [
            {
              kind: 'statement',
              stage: 'drop old',
              table: child,
              sql: `ALTER TABLE ${tableSql(child)} DROP CONSTRAINT IF EXISTS ${nameSql(left)}`,
              why: 'DETACH CONCURRENTLY leaves a CHECK that says the former bounds.',
              ...(former === undefined ? {} : { down: `ALTER TABLE ${tableSql(child)} ADD CONSTRAINT ${nameSql(left)} CHECK (${former})` }),
            } as const,
          ]),
    ],
  };
};

/** A default partition is read for rows of a new one, unless a valid check says that it has none. */
function besideDefault(before: Snapshot, parent: On, condition: string): readonly Step[] {
  const found = defaultPartition(before, parent);
  if (!found) return [];
  const on = onOf({ ...(found.schema === undefined ? {} : { schema: found.schema }), table: found.name });
  const check = nameSql(joined(found.name, undefined, 'outside'));
  return [
    {
      kind: 'alter',
      stage: 'constraints not valid',
      table: on,
      action: `ADD CONSTRAINT ${check} CHECK (NOT (${condition})) NOT VALID`,
      why: `The default partition holds no row of the new one: without this check it would be read under ACCESS EXCLUSIVE. Until the new partition is attached, such rows are refused.`,
    },
    validation(on, check, false),
    { kind: 'alter', stage: 'drop helpers', table: on, action: `DROP CONSTRAINT ${check}` },
  ];
}

function defaultPartition(before: Snapshot, parent: On): Table | undefined {
  return before.tables.find(
    ({ partitionOf }) => partitionOf?.table === parent.table && partitionOf.schema === parent.schema && /^\s*default\s*$/i.test(partitionOf.bounds),
  );
}

/** The bounds as a condition on the only key column; nothing for HASH, DEFAULT and keys of several columns or expressions. */
export function boundsCondition(parent: Table | undefined, bounds: string): string | undefined {
  const [, strategy = '', key = ''] = /^(range|list)\s*\(\s*("[^"]+"|[\w$]+)\s*\)$/i.exec(parent?.partitionBy?.trim() ?? '') ?? [];
  if (strategy === '') return undefined;
  if (strategy.toLowerCase() === 'list') {
    const values = /^for\s+values\s+in\s*\((.*)\)$/is.exec(bounds.trim())?.[1];
    return values === undefined || /\bnull\b/i.test(values) ? undefined : `${key} IS NOT NULL AND ${key} IN (${values.trim()})`;
  }
  const [, from, to] = /^for\s+values\s+from\s*\((.*)\)\s*to\s*\((.*)\)$/is.exec(bounds.trim()) ?? [];
  if (from === undefined || to === undefined) return undefined;
  return [
    `${key} IS NOT NULL`,
    ...(/^\s*minvalue\s*$/i.test(from) ? [] : [`${key} >= ${from.trim()}`]),
    ...(/^\s*maxvalue\s*$/i.test(to) ? [] : [`${key} < ${to.trim()}`]),
  ].join(' AND ');
}

/** An index of the partitioned table to which the partition has no equal. */
function lackingIndex(parent: Table | undefined, child: Table | undefined): string | undefined {
  const keys = (table: Table | undefined): ReadonlyMap<string, string> =>
    new Map([
      ...(table?.indexes ?? []).map(
        (index) => [JSON.stringify([index.unique === true, index.method, index.where, index.keys]), index.name ?? 'an index'] as const,
      ),
      ...(table?.constraints ?? []).flatMap((one) =>
        one.type === 'primaryKey' || one.type === 'unique' ? [[JSON.stringify([one.type, one.columns]), one.name ?? 'a key'] as const] : [],
      ),
    ]);
  const there = keys(child);
  return [...keys(parent)].find(([key]) => !there.has(key))?.[1];
}
