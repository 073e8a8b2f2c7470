import { say } from '@planwright/renderer';
import type { Column, Context, Operation, PlannedMigration, PlannedStatement, Snapshot, Statement, Table, Target } from '@planwright/spec';
import { type Effect, effectOf } from './effects/effect.js';
import { ofStep } from './effects/of-step.js';
import { withVerdicts } from './effects/with-verdicts.js';
import { helperTables } from './helper-tables.js';
import { named, type ObjectName } from './names.js';

/** One kind of operation. */
export type OperationOf<Type extends Operation['type']> = Extract<Operation, { readonly type: Type }>;

/** One operation where it stands, and what it does to code and data. */
export interface Act<At = PlannedMigration> {
  readonly operation: Operation;
  readonly statement: PlannedStatement | Statement;
  readonly migration: At;
  readonly effect: Effect;
}

/** What the parts of a plan are computed from: the operations laid out, and the schema around them. */
export interface Survey {
  readonly database: Target['database'];
  /** As planned, in the order of running. */
  readonly planned: readonly Act[];
  /** As asked for. Tables, breaking changes and classification speak of these. */
  readonly asked: readonly Act<{ readonly id: string }>[];
  readonly migrations: readonly PlannedMigration[];
  readonly schema: SchemaAround;
  /** Tables of the sequence's own, by name. */
  readonly helpers: ReadonlySet<string>;
}

/** The schema before the change, seen through its renames, and what the change itself adds. */
export interface SchemaAround {
  readonly before: Snapshot | undefined;
  readonly after: Snapshot | undefined;
  /** Whether the change itself makes the table, or the view of that name. */
  isNewTable(table: ObjectName): boolean;
  /** Whether the change itself makes the column, with its table or without. */
  isNewColumn(table: ObjectName, column: string): boolean;
  /** Whether the change drops a column that was there before and gives its name to another one. */
  isReplacedColumn(table: ObjectName, column: string): boolean;
  /** The table before the change, also by the name that the change gives it. */
  tableBefore(table: ObjectName): Table | undefined;
  tableAfter(table: ObjectName): Table | undefined;
  /** The column before the change, also by the name that the change gives it. */
  columnBefore(table: ObjectName, column: string): Column | undefined;
  /** The column's name before the change. */
  nameBefore(table: ObjectName, column: string): string;
  /** Whether a view, routine, trigger or policy that the change drops is made again by a later operation of it. */
  isMadeAgain(name: string): boolean;
  /** The column that an operation of the change adds. */
  addedColumn(table: ObjectName, column: string): Column | undefined;
}

/** Lays out a context's operations. `context.sequence` must be there. */
export function surveyOf(context: Context, snapshot?: Snapshot): Survey {
  const { database } = context.target;
  const migrations = context.sequence?.migrations ?? [];
  const before = snapshot ?? context.change.before;
  const laidOut = <At extends { readonly statements: readonly (PlannedStatement | Statement)[] }>(
    list: readonly At[],
    seen: (effect: Effect, operation: Operation, statement: PlannedStatement | Statement) => Effect = (effect) => effect,
  ): readonly Act<At>[] => {
    const schema = schemaAround(
      list.flatMap((migration) => migration.statements.flatMap((statement) => statement.operations)),
      before,
      context.change.after,
    );
    const lasting = new Set(say.lasting(list.flatMap((migration) => migration.statements.flatMap((statement) => statement.operations))));
    return list.flatMap((migration) =>
      migration.statements.flatMap((statement) =>
        statement.operations
          .filter((operation) => lasting.has(operation))
          .map((operation) => ({
            operation,
            statement,
            migration,
            effect: seen(withVerdicts(effectOf(operation, { database, schema, statement }), statement), operation, statement),
          })),
      ),
    );
  };
  const asked = laidOut(context.change.migrations);
  const planned = laidOut(migrations, (effect, operation, statement) => ofStep(effect, operation, statement, asked, { before, after: context.change.after }));
  return {
    database,
    planned,
    asked,
    migrations,
    helpers: new Set(helperTables(context).map(({ name }) => name)),
    schema: schemaAround(
      asked.map((act) => act.operation),
      before,
      context.change.after,
    ),
  };
}

function schemaAround(operations: readonly Operation[], before: Snapshot | undefined, after: Snapshot | undefined): SchemaAround {
  const key = (table: ObjectName) => named(table.schema === (before?.defaultSchema ?? 'public') ? { table: table.table } : table);
  const tablesOf = (snapshot: Snapshot | undefined) =>
    new Map((snapshot?.tables ?? []).map((table) => [key({ ...(table.schema && { schema: table.schema }), table: table.name }), table]));
  const [tablesBefore, tablesAfter] = [tablesOf(before), tablesOf(after)];

  const newTables = new Map<string, Table>();
  const newViews = new Set<string>();
  const added = new Map<string, Column>();
  const tableNames = new Map<string, string>();
  const madeAgain = remade(operations);
  const columnNames = new Map<string, string>();
  const gone = new Set<string>();
  const replaced = new Set<string>();
  const takes = (name: string) => {
    if (gone.has(name)) replaced.add(name);
  };
  for (const operation of operations) {
    if (operation.type === 'createTable') {
      const table = { ...(operation.table.schema && { schema: operation.table.schema }), table: operation.table.name };
      if (!tablesBefore.has(key(table))) newTables.set(key(table), operation.table);
    } else if (operation.type === 'createView')
      newViews.add(key({ ...(operation.view.schema && { schema: operation.view.schema }), table: operation.view.name }));
    else if (operation.type === 'addColumn') {
      added.set(`${key(operation)}.${operation.column.name}`, operation.column);
      takes(`${key(operation)}.${operation.column.name}`);
    } else if (operation.type === 'dropColumn') {
      const dropped = `${key(operation)}.${operation.column}`;
      if (!added.has(dropped)) gone.add(dropped);
    } else if (operation.type === 'renameTable') {
      const [from, to] = [key(operation), key({ ...operation, table: operation.to })];
      const created = newTables.get(from);
      if (created) newTables.set(to, { ...created, name: operation.to });
      else tableNames.set(to, tableNames.get(from) ?? from);
    } else if (operation.type === 'renameColumn') {
      const [from, to] = [`${key(operation)}.${operation.column}`, `${key(operation)}.${operation.to}`];
      takes(to);
      const column = added.get(from);
      if (column) added.set(to, { ...column, name: operation.to });
      else columnNames.set(to, columnNames.get(from)?.split('.').at(-1) ?? operation.column);
    }
  }

  const tableBefore = (table: ObjectName) => {
    const old = tableNames.get(key(table));
    return tablesBefore.get(key(table)) ?? (old === undefined ? undefined : tablesBefore.get(old));
  };
  const isNewTable = (table: ObjectName) => newTables.has(key(table)) || newViews.has(key(table));
  const nameBefore = (table: ObjectName, column: string) => columnNames.get(`${key(table)}.${column}`) ?? column;
  return {
    before,
    after,
    isNewTable,
    isNewColumn: (table, column) => isNewTable(table) || added.has(`${key(table)}.${column}`),
    isReplacedColumn: (table, column) => replaced.has(`${key(table)}.${column}`),
    tableBefore,
    tableAfter: (table) => tablesAfter.get(key(table)),
    columnBefore: (table, column) => tableBefore(table)?.columns.find((candidate) => candidate.name === nameBefore(table, column)),
    nameBefore,
    isMadeAgain: (name) => madeAgain.has(name),
    addedColumn: (table, column) => added.get(`${key(table)}.${column}`) ?? newTables.get(key(table))?.columns.find((candidate) => candidate.name === column),
  };
}

/** Names of objects that are dropped and then created: replaced, not removed. */
function remade(operations: readonly Operation[]): ReadonlySet<string> {
  const gone = new Set<string>();
  const again = new Set<string>();
  for (const operation of operations) {
    if (operation.type === 'dropView' || operation.type === 'dropRoutine') gone.add(named(operation));
    else if (operation.type === 'dropTrigger' || operation.type === 'dropPolicy') gone.add(operation.name);
    const made =
      operation.type === 'createView'
        ? named(operation.view)
        : operation.type === 'createRoutine'
          ? named(operation.routine)
          : operation.type === 'createTrigger'
            ? operation.trigger.name
            : operation.type === 'createPolicy'
              ? operation.policy.name
              : undefined;
    if (made !== undefined && gone.has(made)) again.add(made);
  }
  return again;
}
