import type { Context } from '@planwright/spec';
import type { Quoting } from '@planwright/sql';
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.js';
import { named, type ObjectName } from '../names.js';
import { indexKeys, rowQueries } from '../row-queries.js';
import type { Act, Survey } from '../survey.js';
import type { Asking, Check } from './check.js';
import { demandedBy } from './demanded-by.js';
import { constraintCheck, typeCheck } from './preflight-constraints.js';

/** What to ask before anything runs: the server, names that must be free, rows that would make a statement fail, values that will be lost. */
export function preflight(survey: Survey, context: Context, quoting: Quoting): Check[] {
  const catalogue = catalogueOf(survey.database, quoting, survey.schema.before?.defaultSchema);
  const asking: Asking = { survey, quoting, rows: rowQueries(survey.database, quoting), catalogue };
  return unique([...server(context, catalogue), ...freeNames(asking), ...rowsConcerned(survey).flatMap((act) => ofRows(act, asking)), ...waiting(asking)]);
}

/**
 * The operations whose rows are asked about beforehand. Where steps of rules take the place of statements, what was asked for decides: the steps' own columns
 * are not there yet. Such a question belongs to the first planned migration that stands for its statement.
 */
function rowsConcerned({ planned, asked, migrations }: Survey): readonly Act<{ readonly id: string }>[] {
  if (!planned.some(({ statement }) => 'rule' in statement && statement.rule !== undefined)) return planned;
  const standsFor = (id: string | undefined) => migrations.find(({ statements }) => statements.some(({ from }) => from !== undefined && from === id))?.id;
  return [
    ...asked.flatMap((act) => {
      const { statement, operation } = act;
      // What is lost is counted before the migration that loses it.
      const losing = operation.type === 'dropColumn' || operation.type === 'dropTable' ? planned.find((one) => drops(one.operation, operation)) : undefined;
      if (losing) return [{ ...act, migration: { id: losing.migration.id } }];
      // A step that several statements ask for names the first of them.
      const [first] = 'replacedBy' in statement ? (statement.replacedBy ?? []) : [];
      const failing = act.effect.data === 'may fail' ? failsIn(act, planned) : undefined;
      const migration = failing ?? first ?? standsFor('id' in statement ? statement.id : undefined);
      return migration === undefined ? [] : [{ ...act, migration: { id: migration } }];
    }),
    ...planned.filter(({ operation }) => operation.type === 'backfill'),
  ];
}

/** The planned migration whose rows make it fail as the statement would, where values are given to another column first: until then rows may still come. */
function failsIn({ statement, operation }: Act<{ readonly id: string }>, planned: Survey['planned']): string | undefined {
  if (operation.type !== 'alterColumnType' || !('replacedBy' in statement)) return undefined;
  const own = planned.filter((one) => statement.replacedBy?.includes(one.migration.id) && one.effect.data === 'may fail');
  return own.find((one) => 'table' in one.operation && one.operation.table === operation.table)?.migration.id;
}

/** Whether an operation of the plan drops what the change drops. */
function drops(planned: Act['operation'], asked: Act['operation']): boolean {
  if (planned.type === 'dropTable') return asked.type === 'dropTable' && named(planned) === named(asked);
  return planned.type === 'dropColumn' && asked.type === 'dropColumn' && named(planned) === named(asked) && planned.column === asked.column;
}

function server(context: Context, catalogue: Catalogue): Check[] {
  const major = /^\d+/.exec(context.target.version ?? '')?.[0];
  if (!catalogue.version || !major) return [];
  return [
    {
      when: 'pre-flight',
      proves: 'the server is the version that the plan was made for',
      check: 'version',
      sql: catalogue.version(),
      expected: major,
      decision: 'Make the plan again for the version that is there.',
    },
  ];
}

/** New tables and columns must not be there yet. */
function freeNames({ survey, catalogue }: Asking): Check[] {
  const newTables = survey.planned.flatMap(({ operation }) =>
    operation.type === 'createTable' && !operation.ifNotExists
      ? [{ ...(operation.table.schema && { schema: operation.table.schema }), table: operation.table.name }]
      : [],
  );
  const columns = new Map<string, { readonly table: ObjectName; readonly names: string[] }>();
  for (const { operation } of survey.planned) {
    if ((operation.type !== 'addColumn' && operation.type !== 'renameColumn') || survey.schema.isNewTable(operation)) continue;
    if (operation.type === 'addColumn' && operation.ifNotExists) continue;
    // A renamed table is asked by its name before; a name freed by the change itself is not asked at all.
    const before = survey.schema.tableBefore(operation);
    const table = before
      ? { ...(before.schema && { schema: before.schema }), table: before.name }
      : { ...(operation.schema && { schema: operation.schema }), table: operation.table };
    const name = operation.type === 'addColumn' ? operation.column.name : operation.to;
    if (before?.columns.some((column) => column.name === name) || (operation.type === 'renameColumn' && survey.schema.isNewColumn(operation, operation.column)))
      continue;
    const entry = columns.get(named(table)) ?? { table, names: [] };
    if (!entry.names.includes(name)) entry.names.push(name);
    columns.set(named(table), entry);
  }
  const decision = (count: number) => `Find out who made ${count === 1 ? 'it' : 'them'}; do not run the plan over ${count === 1 ? 'it' : 'them'}.`;
  return [
    ...(newTables.length > 0
      ? [
          {
            when: 'pre-flight' as const,
            proves: `${newTables.length === 1 ? 'the name of the new table is' : 'the names of the new tables are'} free`,
            check: 'absent' as const,
            sql: catalogue.tables(newTables),
            expected: '0',
            decision: decision(newTables.length),
            objects: newTables.map(named),
          },
        ]
      : []),
    ...[...columns.values()].map(({ table, names }) => ({
      when: 'pre-flight' as const,
      proves: `${names.length === 1 ? 'the name of the new column' : 'the names of the new columns'} of ${named(table)} ${names.length === 1 ? 'is' : 'are'} free`,
      check: 'absent' as const,
      sql: catalogue.columns(table, names),
      expected: '0',
      decision: decision(names.length),
      objects: names.map((name) => `${named(table)}.${name}`),
    })),
  ];
}

function waiting({ survey, catalogue }: Asking): Check[] {
  const touchesOld = survey.planned.some(
    ({ operation, effect }) =>
      effect.kind !== 'none' &&
      'table' in operation &&
      typeof operation.table === 'string' &&
      !survey.schema.isNewTable({ ...('schema' in operation && operation.schema ? { schema: operation.schema } : {}), table: operation.table }),
  );
  if (!catalogue.longTransactions || !touchesOld) return [];
  return [
    {
      when: 'pre-flight',
      proves: 'no transaction older than a minute, behind which a lock would wait',
      check: 'activity',
      sql: catalogue.longTransactions(),
      expected: '0',
      decision: 'Wait until they end, or end them.',
    },
  ];
}

/** Questions about existing rows, by the names that tables and columns have before the change. */
function ofRows({ operation, statement, migration, effect }: Act<{ readonly id: string }>, asking: Asking): Check[] {
  const { survey, rows } = asking;
  const { schema } = survey;
  const base = { when: 'pre-flight' as const, migration: migration.id };
  const old = (table: ObjectName): ObjectName => {
    const before = schema.tableBefore(table);
    return before ? { ...(before.schema && { schema: before.schema }), table: before.name } : table;
  };
  if (operation.type === 'setNotNull' && effect.data === 'may fail' && !schema.isNewColumn(operation, operation.column)) {
    const object = `${named(operation)}.${operation.column}`;
    return [
      {
        ...base,
        proves: `no row holds NULL in ${object}`,
        check: 'nulls',
        sql: rows.nulls(old(operation), [schema.nameBefore(operation, operation.column)]),
        expected: '0',
        decision: 'Give these rows a value first.',
        objects: [object],
        cost: `a scan of ${named(operation)}`,
      },
    ];
  }
  if (operation.type === 'addColumn' && operation.column.notNull && effect.data === 'may fail') {
    const demanding = demandedBy({ operation, statement }, survey);
    if (demanding !== undefined)
      return [
        {
          ...base,
          proves: `how many rows of ${named(operation)} need a value in ${operation.column.name} before Migration ${demanding}, which no statement of the change gives them`,
          check: 'count',
          sql: rows.rows(old(operation)),
          expected: 'recorded',
          objects: [`${named(operation)}.${operation.column.name}`],
          cost: `a scan of ${named(operation)}`,
        },
      ];
    return [
      {
        ...base,
        proves: `${named(operation)} has no row, so a NOT NULL column without a default can be added`,
        check: 'count',
        sql: rows.rows(old(operation)),
        expected: '0',
        decision: 'Add the column nullable, fill it, then set NOT NULL.',
        objects: [`${named(operation)}.${operation.column.name}`],
      },
    ];
  }
  if (operation.type === 'addConstraint' && effect.data === 'may fail') return constraintCheck(operation.constraint, operation, old(operation), base, asking);
  if (operation.type === 'validateConstraint') {
    const constraint = schema.tableBefore(operation)?.constraints?.find((candidate) => candidate.name === operation.name);
    return constraint ? constraintCheck(constraint, operation, old(operation), base, asking) : [];
  }
  if (operation.type === 'createIndex' && operation.index.unique && effect.data === 'may fail') {
    const columns = operation.index.keys.flatMap((key) => (key.column ? [key.column] : []));
    if (columns.some((column) => schema.isNewColumn(operation, column))) return [];
    const keys = indexKeys(
      { keys: operation.index.keys.map((key) => (key.column ? { column: schema.nameBefore(operation, key.column) } : key)) },
      asking.quoting,
    );
    const options = { ...(operation.index.nullsNotDistinct && { nullsNotDistinct: true }), ...(operation.index.where && { where: operation.index.where }) };
    return [
      {
        ...base,
        proves: `no two rows of ${named(operation)} share a key of ${operation.index.name ?? 'the unique index'}`,
        check: 'duplicates',
        sql: rows.duplicates(old(operation), keys, options),
        expected: 'empty result',
        decision: 'Decide which row of each group stays.',
        objects: [operation.index.name ?? named(operation)],
        cost: `a scan of ${named(operation)}`,
      },
    ];
  }
  if (operation.type === 'alterColumnType' && effect.data === 'may fail') return typeCheck(operation, old(operation), effect.dataQuery, base, asking);
  if (operation.type === 'dropColumn' && effect.data === 'loses') {
    const object = `${named(operation)}.${operation.column}`;
    return [
      {
        ...base,
        proves: `how many values of ${object} Migration ${migration.id} removes; above 0, they are archived or somebody decides that nobody needs them`,
        check: 'count',
        sql: rows.values(old(operation), schema.nameBefore(operation, operation.column)),
        expected: 'recorded',
        objects: [object],
        cost: `a scan of ${named(operation)}`,
      },
    ];
  }
  if (
    (operation.type === 'dropTable' || operation.type === 'truncateTable') &&
    effect.data === 'loses' &&
    (schema.before === undefined || schema.tableBefore(operation))
  ) {
    return [
      {
        ...base,
        proves: `how many rows of ${named(operation)} Migration ${migration.id} removes; above 0, they are archived or somebody decides that nobody needs them`,
        check: 'count',
        sql: rows.rows(old(operation)),
        expected: 'recorded',
        objects: [named(operation)],
        cost: `a scan of ${named(operation)}`,
      },
    ];
  }
  if ((operation.type === 'updateRows' || operation.type === 'backfill' || operation.type === 'deleteRows') && !schema.isNewTable(operation)) {
    const counts = operation.type === 'deleteRows' ? 'how many rows are there before some are deleted' : 'how many rows there are; none may come or go by this';
    return [
      {
        ...base,
        proves: `${named(operation)}: ${counts}`,
        check: 'count',
        sql: rows.rows(old(operation)),
        expected: 'recorded',
        objects: [named(operation)],
        cost: `a scan of ${named(operation)}`,
      },
    ];
  }
  return [];
}

function unique(checks: readonly Check[]): Check[] {
  const seen = new Set<string>();
  return checks.filter((check) => !seen.has(check.sql) && seen.add(check.sql));
}
