import type { PlannedMigration } from '@planwright/spec';
import type { Quoting } from '@planwright/sql';
import { attachesIndex } from '../attaches-index.js';
import { type Catalogue, catalogueOf, type PartOfTable } from '../catalogue/catalogue.js';
import { catalogueType } from '../column-type.js';
import { grouped } from '../grouped.js';
import { named, type ObjectName } from '../names.js';
import { type RowQueries, rowQueries } from '../row-queries.js';
import type { Survey } from '../survey.js';
import { distinct, listed } from '../words.js';
import type { Check } from './check.js';

/** Verifies what a migration itself did, against what stands when it ends: an object that it makes and drops again is not asked for. */
export function afterMigration(migration: PlannedMigration, survey: Survey, quoting: Quoting): Check[] {
  const catalogue = catalogueOf(survey.database, quoting, survey.schema.before?.defaultSchema);
  const operations = survey.planned.flatMap((act) => (act.migration.id === migration.id ? [act.operation] : []));
  const base = { when: 'after migration' as const, migration: migration.id };
  const checks: Check[] = [];
  const asked = new Map<string, number>();
  const add = (sql: string | undefined, expected: string, proves: string, check: NonNullable<Check['check']>, objects: readonly string[]) => {
    if (sql === undefined) return;
    // Of what is dropped and made again, or made and dropped, the last word counts.
    const known = asked.get(sql);
    const one = { ...base, proves, check, sql, expected, objects: [...objects] };
    if (known === undefined) asked.set(sql, checks.push(one) - 1);
    else checks[known] = one;
  };
  const tables = new Standing();
  const columns = new Map<string, { readonly table: ObjectName; readonly standing: Standing }>();
  const columnsOf = (table: ObjectName) => {
    const entry = columns.get(named(table)) ?? { table: { ...(table.schema && { schema: table.schema }), table: table.table }, standing: new Standing() };
    columns.set(named(table), entry);
    return entry.standing;
  };
  for (const operation of operations) {
    if (operation.type === 'createTable') tables.makes(named(operation.table));
    if (operation.type === 'dropTable') tables.drops(named(operation));
    if (operation.type === 'renameTable') {
      tables.drops(named(operation));
      tables.makes(named({ ...operation, table: operation.to }));
    }
    if (operation.type === 'addColumn') columnsOf(operation).makes(operation.column.name);
    if (operation.type === 'dropColumn') columnsOf(operation).drops(operation.column);
    if (operation.type === 'renameColumn') {
      columnsOf(operation).drops(operation.column);
      columnsOf(operation).makes(operation.to);
    }
  }
  const byKey = new Map(operations.flatMap(nameOf).map((name) => [named(name), name]));
  const split = (key: string): ObjectName => byKey.get(key) ?? { table: key };
  if (tables.made.length > 0)
    add(
      catalogue.tables(tables.made.map(split)),
      String(tables.made.length),
      `${listed(tables.made)} ${tables.made.length === 1 ? 'exists' : 'exist'}`,
      'exists',
      tables.made,
    );
  if (tables.dropped.length > 0)
    add(
      catalogue.tables(tables.dropped.map(split)),
      '0',
      `${listed(tables.dropped)} ${tables.dropped.length === 1 ? 'is' : 'are'} gone`,
      'absent',
      tables.dropped,
    );
  const whole = new Set([...tables.made, ...tables.dropped]);
  for (const { table, standing } of columns.values()) {
    if (whole.has(named(table))) continue;
    const full = (names: readonly string[]) => names.map((name) => `${named(table)}.${name}`);
    if (standing.made.length > 0)
      add(
        catalogue.columns(table, standing.made),
        String(standing.made.length),
        `${listed(full(standing.made))} ${standing.made.length === 1 ? 'exists' : 'exist'}`,
        'exists',
        full(standing.made),
      );
    if (standing.dropped.length > 0)
      add(
        catalogue.columns(table, standing.dropped),
        '0',
        `${listed(full(standing.dropped))} ${standing.dropped.length === 1 ? 'is' : 'are'} gone`,
        'absent',
        full(standing.dropped),
      );
  }
  const gone = new Set([
    ...tables.dropped,
    ...[...columns.values()].flatMap(({ table, standing }) => standing.dropped.map((name) => `${named(table)}.${name}`)),
  ]);
  const defaults = defaultsOf(operations).filter(({ table, column }) => !whole.has(named(table)) && !gone.has(`${named(table)}.${column}`));
  for (const own of grouped(defaults, ({ table, has }) => `${named(table)} ${has}`).values()) {
    const [first] = own;
    if (!first) continue;
    const { table, has } = first;
    const standing = own.map(({ column }) => `${named(table)}.${column}`);
    add(
      catalogue.defaults?.(
        table,
        own.map(({ column }) => column),
      ),
      has ? String(standing.length) : '0',
      `${listed(standing)} ${standing.length === 1 ? 'has' : 'have'} ${has ? 'a' : 'no'} default`,
      'other',
      standing,
    );
  }
  const together = ofNewTables(operations, new Set(tables.made), catalogue);
  for (const operation of operations) if (!together.has(operation)) verify(operation, catalogue, survey, operations, gone, add);
  for (const kind of ['constraint', 'index'] as const) {
    const parts = [...together.values()].filter((part) => part.kind === kind);
    const owners = listed(distinct(parts.map(({ table }) => named(table))));
    if (parts.length > 0)
      add(
        countOf[kind](catalogue)?.(parts),
        String(parts.length),
        `the ${parts.length} ${plural[kind]} of ${owners} are there and valid`,
        'valid',
        parts.map(({ name }) => name),
      );
  }
  return [...checks, ...withoutValue(operations, survey, rowQueries(survey.database, quoting)).map((check) => ({ ...base, ...check }))];
}

/**
 * Rows without a value in a new column, asked once a check lets no more of them come and before it is validated: when the plan began the column was not there, and
 * a release that does not know it may have inserted rows since it was filled.
 */
function withoutValue(operations: Operations, survey: Survey, rows: RowQueries): Omit<Check, 'when'>[] {
  return operations.flatMap((operation) => {
    if (operation.type !== 'addConstraint' || operation.constraint.type !== 'check' || operation.constraint.notValid !== true) return [];
    const [, quoted, plain] = /^(?:"([^"]+)"|([a-z_][\w$]*)) IS NOT NULL$/.exec(operation.constraint.expression) ?? [];
    const column = quoted ?? plain;
    if (column === undefined || !survey.schema.isNewColumn(operation, column)) return [];
    if (operations.some((later) => later.type === 'validateConstraint' && later.table === operation.table)) return [];
    const object = `${named(operation)}.${column}`;
    return [
      {
        proves: `no row holds NULL in ${object}`,
        check: 'nulls' as const,
        sql: rows.nulls(operation, [column]),
        expected: '0',
        decision: 'Give these rows a value before the constraint is validated: a release that does not know the column has inserted them.',
        objects: [object],
        cost: `a scan of ${named(operation)}`,
      },
    ];
  });
}

interface DefaultLeft {
  readonly table: ObjectName;
  readonly column: string;
  readonly has: boolean;
}

/** Columns whose default is set or dropped, and what stands at the end of the operations. */
function defaultsOf(operations: Operations): readonly DefaultLeft[] {
  const last = new Map<string, DefaultLeft>();
  for (const operation of operations) {
    if (operation.type !== 'setDefault' && operation.type !== 'dropDefault') continue;
    const table = { ...(operation.schema && { schema: operation.schema }), table: operation.table };
    const key = `${named(table)}.${operation.column}`;
    last.delete(key);
    last.set(key, { table, column: operation.column, has: operation.type === 'setDefault' });
  }
  return [...last.values()];
}

const plural = { constraint: 'constraints', index: 'indexes' } as const;

/** What counts several of a kind at once, where the database's catalogue can. */
const countOf = {
  constraint: ({ constraints }: Catalogue) => constraints,
  index: ({ indexes }: Catalogue) => indexes,
} as const;

interface NewPart extends PartOfTable {
  readonly kind: 'index' | 'constraint';
}

/** Constraints and indexes that new tables get in statements of their own: they stand or fall with the migration, so they are counted together. One alone is asked by its name. */
function ofNewTables(operations: Operations, made: ReadonlySet<string>, catalogue: Catalogue): ReadonlyMap<Operations[number], NewPart> {
  const dropped = new Set(operations.flatMap((one) => (one.type === 'dropConstraint' || one.type === 'dropIndex' ? [one.name] : [])));
  const parts = operations.flatMap((operation): (readonly [Operations[number], NewPart])[] => {
    if (operation.type !== 'createIndex' && operation.type !== 'addConstraint') return [];
    const table = { ...(operation.schema && { schema: operation.schema }), table: operation.table };
    const name = operation.type === 'createIndex' ? operation.index.name : operation.constraint.name;
    const pending = operation.type === 'addConstraint' && 'notValid' in operation.constraint && operation.constraint.notValid === true;
    if (name === undefined || pending || dropped.has(name) || !made.has(named(table))) return [];
    return [[operation, { kind: operation.type === 'createIndex' ? 'index' : 'constraint', table, name }]];
  });
  const several = (kind: NewPart['kind']) => parts.filter(([, part]) => part.kind === kind).length > 1;
  return new Map(parts.filter(([, { kind }]) => several(kind) && countOf[kind](catalogue) !== undefined));
}

type Operations = PlannedMigration['statements'][number]['operations'];
type Add = (sql: string | undefined, expected: string, proves: string, check: NonNullable<Check['check']>, objects: readonly string[]) => void;

function constraintOf(operation: Extract<Operations[number], { type: 'addConstraint' | 'validateConstraint' }>): string | undefined {
  return operation.type === 'addConstraint' ? operation.constraint.name : operation.name;
}

/** What of one operation can be read in the catalogue, tables and columns apart. */
function verify(operation: Operations[number], catalogue: Catalogue, survey: Survey, all: Operations, gone: ReadonlySet<string>, add: Add): void {
  if (
    'table' in operation &&
    typeof operation.table === 'string' &&
    gone.has(named({ ...('schema' in operation && operation.schema ? { schema: operation.schema } : {}), table: operation.table }))
  )
    return;
  const laterName = (table: ObjectName, column: string) =>
    all.reduce((name, later) => (later.type === 'renameColumn' && named(later) === named(table) && later.column === name ? later.to : name), column);
  const undone = (name: string) =>
    all.some((later) => (later.type === 'dropConstraint' || later.type === 'dropIndex') && later.name === name && all.indexOf(later) > all.indexOf(operation));
  const redone = (name: string) =>
    all
      .slice(all.indexOf(operation) + 1)
      .some((later) =>
        later.type === 'addConstraint'
          ? later.constraint.name === name
          : later.type === 'createIndex'
            ? later.index.name === name
            : (later.type === 'renameConstraint' || later.type === 'renameIndex') && later.to === name,
      );
  switch (operation.type) {
    case 'alterColumnType': {
      const column = laterName(operation, operation.column);
      const expected = catalogueType(survey.database, operation.to);
      if (expected !== undefined && !gone.has(`${named(operation)}.${column}`))
        add(catalogue.type?.(operation, column), expected, `${named(operation)}.${column} is ${operation.to}`, 'other', [`${named(operation)}.${column}`]);
      return;
    }
    case 'setNotNull':
    case 'dropNotNull': {
      const column = laterName(operation, operation.column);
      const set = operation.type === 'setNotNull';
      if (!gone.has(`${named(operation)}.${column}`))
        add(catalogue.notNull(operation, [column]), set ? '1' : '0', `${named(operation)}.${column} ${set ? 'refuses' : 'takes'} NULL`, 'other', [
          `${named(operation)}.${column}`,
        ]);
      return;
    }
    case 'createIndex': {
      const { name } = operation.index;
      if (!name || undone(name)) return;
      if (survey.database !== 'postgresql') add(catalogue.index(operation, name), '1', `${name} is there`, 'exists', [name]);
      else if (operation.only && !all.some((one) => attachesIndex(one) && one.table === name))
        add(catalogue.indexThere(operation, name), '1', `${name} is there; it becomes valid when those of the partitions are attached`, 'exists', [name]);
      else add(catalogue.index(operation, name), '1', `${name} is there and valid`, 'valid', [name]);
      return;
    }
    case 'attachPartition':
      // With the last of its parts the index of the whole table is valid.
      if (attachesIndex(operation) && !all.some((one) => attachesIndex(one) && one.partition.table === operation.table))
        add(catalogue.index(operation, operation.table), '1', `${operation.table} is there and valid`, 'valid', [operation.table]);
      return;
    case 'dropIndex': {
      const owner = { ...(operation.schema && { schema: operation.schema }), table: operation.table ?? '' };
      if ((operation.table || survey.database === 'postgresql') && !redone(operation.name))
        add(catalogue.indexThere(owner, operation.name), '0', `${operation.name} is gone`, 'absent', [operation.name]);
      return;
    }
    case 'addConstraint':
    case 'validateConstraint': {
      const name = constraintOf(operation);
      if (!name || undone(name)) return;
      const pending =
        operation.type === 'addConstraint' &&
        'notValid' in operation.constraint &&
        operation.constraint.notValid === true &&
        !all.some((later) => later.type === 'validateConstraint' && later.name === name);
      // Partitions have theirs under one name.
      const shared = all.some((one) => one.type === operation.type && named(one) !== named(operation) && constraintOf(one) === name);
      const what = shared ? `${name} of ${named(operation)}` : name;
      add(
        catalogue.constraint?.(operation, name, !pending),
        '1',
        pending ? `${what} is there; it checks new rows only` : `${what} is there and valid`,
        'valid',
        [name],
      );
      return;
    }
    case 'renameIndex':
      // Elsewhere an index is not found without its table. What makes room for another goes later.
      if (survey.database !== 'postgresql' || survey.planned.some(({ operation: one }) => one.type === 'dropIndex' && one.name === operation.to)) return;
      add(
        catalogue.index({ ...(operation.schema && { schema: operation.schema }), table: '' }, operation.to),
        '1',
        `${operation.to} is there and valid`,
        'valid',
        [operation.to],
      );
      return;
    case 'renameConstraint':
      if (!undone(operation.to)) add(catalogue.constraint?.(operation, operation.to, true), '1', `${operation.to} is there and valid`, 'valid', [operation.to]);
      return;
    case 'dropConstraint':
      if (redone(operation.name)) return;
      add(catalogue.constraint?.(operation, operation.name, false), '0', `${operation.name} is gone`, 'absent', [operation.name]);
      return;
    case 'createView':
    case 'dropView': {
      const name = operation.type === 'createView' ? operation.view : operation;
      add(
        catalogue.views([{ ...(name.schema && { schema: name.schema }), table: name.name }]),
        operation.type === 'createView' ? '1' : '0',
        `view ${named(name)} ${operation.type === 'createView' ? 'exists' : 'is gone'}`,
        operation.type === 'createView' ? 'exists' : 'absent',
        [named(name)],
      );
      return;
    }
    case 'createTrigger':
      add(catalogue.triggers(operation, [operation.trigger.name]), '1', `trigger ${operation.trigger.name} of ${named(operation)} exists`, 'exists', [
        operation.trigger.name,
      ]);
      return;
    case 'dropTrigger':
      add(catalogue.triggers(operation, [operation.name]), '0', `trigger ${operation.name} of ${named(operation)} is gone`, 'absent', [operation.name]);
      return;
    case 'createPolicy':
      add(catalogue.policy?.(operation, operation.policy.name), '1', `policy ${operation.policy.name} of ${named(operation)} exists`, 'exists', [
        operation.policy.name,
      ]);
      return;
    case 'dropPolicy':
      add(catalogue.policy?.(operation, operation.name), '0', `policy ${operation.name} of ${named(operation)} is gone`, 'absent', [operation.name]);
      return;
    case 'setRowSecurity':
      if (operation.state === 'enabled' || operation.state === 'disabled')
        add(
          catalogue.rowSecurity?.(operation),
          operation.state === 'enabled' ? '1' : '0',
          `row level security of ${named(operation)} is ${operation.state}`,
          'other',
          [named(operation)],
        );
      return;
    case 'createEnum':
      add(
        catalogue.dataType?.({ ...(operation.enum.schema && { schema: operation.enum.schema }), table: operation.enum.name }),
        '1',
        `type ${named(operation.enum)} exists`,
        'exists',
        [named(operation.enum)],
      );
      return;
    case 'addEnumValue':
      add(
        catalogue.label?.({ ...(operation.schema && { schema: operation.schema }), table: operation.name }, operation.label),
        '1',
        `${named(operation)} has the label ${operation.label}`,
        'exists',
        [named(operation)],
      );
      return;
    case 'createSequence':
      add(
        catalogue.sequence?.({ ...(operation.sequence.schema && { schema: operation.sequence.schema }), table: operation.sequence.name }),
        '1',
        `sequence ${named(operation.sequence)} exists`,
        'exists',
        [named(operation.sequence)],
      );
      return;
    case 'createExtension':
      add(catalogue.extension?.(operation.name), '1', `extension ${operation.name} is installed`, 'exists', [operation.name]);
      return;
    case 'createSchema':
      add(catalogue.schema?.(operation.name), '1', `schema ${operation.name} exists`, 'exists', [operation.name]);
      return;
    default:
  }
}

function nameOf(operation: Operations[number]): ObjectName[] {
  if (operation.type === 'createTable') return [{ ...(operation.table.schema && { schema: operation.table.schema }), table: operation.table.name }];
  if (operation.type === 'renameTable')
    return [operation.table, operation.to].map((table) => ({ ...(operation.schema && { schema: operation.schema }), table }));
  return operation.type === 'dropTable' ? [{ ...(operation.schema && { schema: operation.schema }), table: operation.table }] : [];
}

/** Names made and dropped; the last word counts. */
class Standing {
  readonly #state = new Map<string, boolean>();
  makes(name: string): void {
    this.#state.set(name, true);
  }
  drops(name: string): void {
    // Made and dropped again in one migration: nothing to ask, unless something stood there before.
    this.#state.set(name, false);
  }
  get made(): string[] {
    return distinct([...this.#state].filter(([, stands]) => stands).map(([name]) => name));
  }
  get dropped(): string[] {
    return [...this.#state].filter(([, stands]) => !stands).map(([name]) => name);
  }
}
