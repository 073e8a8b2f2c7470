import { tablesRead } from '@planwright/analyzer';
import type { Operation, PlannedMigration } from '@planwright/spec';
import { named } from '../names.js';

/** The objects that an operation makes, and those that must be there for it. */
export function objectsOf(operation: Operation): { readonly makes: readonly string[]; readonly needs: readonly string[] } {
  switch (operation.type) {
    case 'createTable': {
      const { table } = operation;
      const references = (table.constraints ?? []).flatMap((constraint) => (constraint.type === 'foreignKey' ? [named(constraint.references)] : []));
      return {
        makes: [named(table), ...table.columns.map((column) => `${named(table)}.${column.name}`)],
        needs: [
          ...references.filter((reference) => reference !== named(table)),
          ...table.columns.map((column) => column.type),
          ...(table.partitionOf ? [named(table.partitionOf)] : []),
          ...(table.inherits ?? []),
        ],
      };
    }
    case 'renameTable':
      return { makes: [named({ ...operation, table: operation.to })], needs: [named(operation)] };
    case 'setTableSchema':
      return { makes: [named({ ...operation, schema: operation.to })], needs: [named(operation)] };
    case 'addColumn':
      return { makes: [`${named(operation)}.${operation.column.name}`], needs: [named(operation), operation.column.type] };
    case 'renameColumn':
      return { makes: [`${named(operation)}.${operation.to}`], needs: [named(operation), `${named(operation)}.${operation.column}`] };
    case 'addConstraint': {
      const { constraint } = operation;
      const name = constraint.name ? [`${named(operation)}.${constraint.name}`] : [];
      const index = 'usingIndex' in constraint && constraint.usingIndex ? [constraint.usingIndex] : [];
      return {
        makes: name,
        needs: [
          named(operation),
          ...columnsOf(operation, constraint.columns ?? []),
          ...index,
          ...(constraint.type === 'foreignKey' ? [named(constraint.references)] : []),
        ],
      };
    }
    case 'createIndex':
      return {
        makes: operation.index.name ? [operation.index.name] : [],
        needs: [
          named(operation),
          ...columnsOf(
            operation,
            operation.index.keys.flatMap((key) => (key.column ? [key.column] : [])),
          ),
        ],
      };
    case 'createEnum':
      return { makes: [named(operation.enum)], needs: [] };
    case 'createDomain':
      return { makes: [named(operation.domain)], needs: [operation.domain.type] };
    case 'createCompositeType':
      return { makes: [named(operation.compositeType)], needs: operation.compositeType.attributes.map((attribute) => attribute.type) };
    case 'createSequence':
      return { makes: [named(operation.sequence)], needs: [] };
    case 'createView':
      return { makes: [named(operation.view)], needs: operation.view.dependsOn ?? [] };
    case 'createRoutine':
      return { makes: [named(operation.routine)], needs: [] };
    case 'createTrigger':
      return {
        makes: [`${named(operation)}.${operation.trigger.name}`],
        needs: [named(operation), ...(operation.trigger.function ? [operation.trigger.function] : [])],
      };
    case 'createSchema':
    case 'createExtension':
      return { makes: [operation.name], needs: [] };
    case 'attachPartition':
    case 'detachPartition':
      return { makes: [], needs: [named(operation), named(operation.partition)] };
    case 'validateConstraint':
    case 'dropConstraint':
      return { makes: [], needs: [named(operation), `${named(operation)}.${operation.name}`] };
    case 'dropIndex':
      return { makes: [], needs: [operation.name] };
    case 'updateRows':
    case 'backfill':
      return {
        makes: [],
        needs: [
          named(operation),
          ...columnsOf(operation, operation.type === 'backfill' ? Object.keys(operation.set) : (operation.columns ?? [])),
          ...(operation.type === 'updateRows' ? (operation.from ?? []) : operation.progress === undefined ? [] : [operation.progress]),
        ],
      };
    case 'insertRows':
      return { makes: [], needs: [named(operation), ...columnsOf(operation, operation.columns ?? []), ...(operation.from ?? [])] };
    case 'unknown':
      return { makes: [], needs: operation.tables ?? [] };
    case 'createPolicy':
      return { makes: [`${named(operation)}.${operation.policy.name}`], needs: [named(operation)] };
    default: {
      if (!('table' in operation) || typeof operation.table !== 'string')
        return { makes: [], needs: 'name' in operation && typeof operation.name === 'string' ? [operation.name] : [] };
      const table = { ...('schema' in operation && operation.schema ? { schema: operation.schema } : {}), table: operation.table };
      return {
        makes: [],
        needs: [named(table), ...('column' in operation && typeof operation.column === 'string' ? [`${named(table)}.${operation.column}`] : [])],
      };
    }
  }
}

function columnsOf(table: { readonly schema?: string; readonly table: string }, columns: readonly string[]): readonly string[] {
  return columns.map((column) => `${named(table)}.${column}`);
}

/** For each migration the earlier ones whose objects it needs, without those that another one of them needs already. */
export function dependencies(migrations: readonly PlannedMigration[]): ReadonlyMap<string, readonly string[]> {
  const makers = new Map<string, string>();
  const users = new Map<string, Set<string>>();
  const reached = new Map<string, Set<string>>();
  const result = new Map<string, readonly string[]>();
  for (const migration of migrations) {
    const direct = new Set<string>();
    const objects = migration.statements.flatMap((statement) => statement.operations.map(objectsOf));
    const drops = migration.statements.flatMap((statement) =>
      statement.operations.filter((operation) => operation.type.startsWith('drop') || operation.type.startsWith('rename')),
    );
    for (const { needs } of objects)
      for (const need of needs) {
        const maker = makers.get(plainType(need));
        if (maker && maker !== migration.id) direct.add(maker);
      }
    // What is dropped or renamed must have served everything that used it before.
    for (const operation of drops)
      for (const used of [...objectsOf(operation).needs.slice(-1), ...rowsOf(operation)])
        for (const user of users.get(used) ?? []) if (user !== migration.id) direct.add(user);
    for (const { makes, needs } of objects) {
      for (const made of makes) makers.set(made, migration.id);
      for (const need of needs) users.set(need, (users.get(need) ?? new Set()).add(migration.id));
    }
    for (const { operations } of migration.statements)
      for (const table of operations.flatMap(tablesRead)) users.set(`rows of ${table}`, (users.get(`rows of ${table}`) ?? new Set()).add(migration.id));
    const indirect = new Set([...direct].flatMap((id) => [...(reached.get(id) ?? [])]));
    reached.set(migration.id, new Set([...direct, ...indirect]));
    result.set(
      migration.id,
      migrations.map(({ id }) => id).filter((id) => direct.has(id) && !indirect.has(id)),
    );
  }
  return result;
}

/** What goes with a table or a column of it for whoever has read its rows. */
function rowsOf(operation: Operation): readonly string[] {
  return 'table' in operation && typeof operation.table === 'string' ? [`rows of ${named({ ...operation, table: operation.table })}`] : [];
}

function plainType(name: string): string {
  return name.replace(/\[\]$|\(.*\)$/g, '');
}
