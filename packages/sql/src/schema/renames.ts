import type { Column, Constraint, Index, Operation, Snapshot, Table } from '@planwright/spec';
import { quoteName } from '../databases/postgresql/quote.js';
import { shown } from './named.js';
import type { NewName } from './same.js';

/** The renames among operations, taken back: in reverse, each with its names exchanged. */
export function renamesBack(operations: readonly Operation[], defaultSchema = 'public'): readonly Operation[] {
  return [...operations].reverse().flatMap((operation) => back(operation, defaultSchema) ?? []);
}

function back(operation: Operation, defaultSchema: string): Operation | undefined {
  switch (operation.type) {
    case 'renameTable':
      return { type: 'renameTable', ...schemaOf(operation), table: operation.to, to: operation.table };
    case 'setTableSchema': {
      const { to, schema, table } = operation;
      return { type: 'setTableSchema', ...(to === defaultSchema ? {} : { schema: to }), table, to: schema ?? defaultSchema };
    }
    case 'renameColumn':
      return { ...operation, column: operation.to, to: operation.column };
    case 'renameConstraint':
    case 'renameTrigger':
      return { ...operation, name: operation.to, to: operation.name };
    case 'renameIndex':
    case 'renameSequence':
    case 'renameView':
    case 'renameType':
    case 'renameSchema':
      return { ...operation, name: operation.to, to: operation.name };
    case 'renameEnumValue':
      return { ...operation, label: operation.to, to: operation.label };
    case 'alterPolicy':
      return operation.to === undefined ? undefined : { ...operation, policy: { name: operation.to }, to: operation.policy.name };
    case 'alterDomain':
      return operation.action === 'rename constraint' && operation.to !== undefined && operation.constraint !== undefined
        ? { ...operation, constraint: operation.to, to: operation.constraint }
        : undefined;
    case 'alterCompositeType':
      return operation.action === 'rename' && operation.to !== undefined
        ? { ...operation, attribute: { ...operation.attribute, name: operation.to }, to: operation.attribute.name }
        : undefined;
    case 'alterObject':
      return operation.to === undefined ? undefined : { ...operation, name: operation.to, to: operation.name };
    default:
      return undefined;
  }
}

function schemaOf({ schema }: { readonly schema?: string }): { schema?: string } {
  return schema === undefined ? {} : { schema };
}

/** What a rename changes in texts that use the name. */
export function newName(operation: Operation): readonly NewName[] {
  if (operation.type === 'renameColumn') return [{ old: operation.column, new: operation.to }];
  if (operation.type === 'renameTable') return [{ old: operation.table, new: operation.to }];
  if (operation.type === 'renameEnumValue') return [{ old: operation.label, new: operation.to }];
  if (operation.type === 'alterCompositeType' && operation.to !== undefined) return [{ old: operation.attribute.name, new: operation.to }];
  if (operation.type === 'setTableSchema')
    return operation.schema === undefined ? [] : [{ old: `${operation.schema}.${operation.table}`, new: operation.table }];
  if ('to' in operation && 'name' in operation && typeof operation.to === 'string' && operation.name !== undefined)
    return [{ old: operation.name, new: operation.to }];
  return [];
}

/** The snapshot after a rename, as far as names of the model go. Texts of SQL are left as they are: they are compared with `newName` in mind. */
export function renamed(snapshot: Snapshot, operation: Operation): Snapshot {
  switch (operation.type) {
    case 'renameTable':
      return tableMoved(snapshot, operation, { ...schemaOf(operation), table: operation.to });
    case 'setTableSchema':
      return tableMoved(snapshot, operation, {
        ...(operation.to === (snapshot.defaultSchema ?? 'public') ? {} : { schema: operation.to }),
        table: operation.table,
      });
    case 'renameColumn':
      return columnRenamed(snapshot, operation, operation.column, operation.to);
    case 'renameConstraint':
    case 'renameTrigger':
    case 'alterPolicy': {
      const old = operation.type === 'alterPolicy' ? operation.policy.name : operation.name;
      const rename = <Item extends { name?: string }>(items: Item[] | undefined) =>
        items?.map((item) => (item.name === old ? { ...item, name: operation.to ?? old } : item));
      const list = ({ renameConstraint: 'constraints', renameTrigger: 'triggers', alterPolicy: 'policies' } as const)[operation.type];
      const family = operation.type === 'renameConstraint' ? familyOf(snapshot, operation) : undefined;
      const here = (table: Table): boolean => (family ? family.has(table) : isTable(table, operation));
      return withTables(snapshot, (table) => (here(table) && table[list] ? { ...table, [list]: rename<{ name?: string }>(table[list]) } : table));
    }
    case 'renameIndex':
      return indexRenamed(snapshot, operation);
    case 'renameSequence':
      return { ...snapshot, ...renamedIn('sequences', snapshot, operation) };
    case 'renameView':
      return { ...snapshot, ...renamedIn('views', snapshot, operation) };
    case 'renameType':
      return {
        ...withTables(snapshot, (table) => ({ ...table, columns: table.columns.map((column) => typeRenamed(column, operation)) })),
        ...renamedIn('enums', snapshot, operation),
        ...renamedIn('domains', snapshot, operation),
        ...renamedIn('compositeTypes', snapshot, operation),
      };
    case 'renameEnumValue': {
      const { schema, name, label, to } = operation;
      return {
        ...snapshot,
        enums: (snapshot.enums ?? []).map((item) =>
          item.name === name && item.schema === schema ? { ...item, labels: item.labels.map((each) => (each === label ? to : each)) } : item,
        ),
      };
    }
    case 'renameSchema':
      return schemaRenamed(snapshot, operation.name, operation.to);
    case 'alterObject':
      return operation.to === undefined ? snapshot : { ...snapshot, ...renamedIn('objects', snapshot, { ...operation, to: operation.to }) };
    case 'alterDomain':
      return {
        ...snapshot,
        domains: (snapshot.domains ?? []).map((domain) =>
          domain.name === operation.name && domain.schema === operation.schema && domain.checks
            ? {
                ...domain,
                checks: domain.checks.map((check) => (check.name === operation.constraint ? { ...check, name: operation.to ?? check.name } : check)),
              }
            : domain,
        ),
      };
    case 'alterCompositeType':
      return {
        ...snapshot,
        compositeTypes: (snapshot.compositeTypes ?? []).map((type) =>
          type.name === operation.name && type.schema === operation.schema
            ? {
                ...type,
                attributes: type.attributes.map((item) => (item.name === operation.attribute.name ? { ...item, name: operation.to ?? item.name } : item)),
              }
            : type,
        ),
      };
    default:
      return snapshot;
  }
}

/** A column of a type, or of arrays of it, as it is spelled once the type has its new name. */
function typeRenamed(column: Column, { schema, name, to }: Extract<Operation, { type: 'renameType' }>): Column {
  const spelled = (last: string): string => quoteName(schema === undefined ? [last] : [schema, last]);
  const [type, array = ''] = column.type.endsWith('[]') ? [column.type.slice(0, -2), '[]'] : [column.type];
  return type === spelled(name) ? { ...column, type: `${spelled(to)}${array}` } : column;
}

interface At {
  readonly schema?: string;
  readonly table: string;
}

function isTable(table: Table, at: At): boolean {
  return table.name === at.table && table.schema === at.schema;
}

/** A table with its partitions and heirs, and theirs: a column has one name in all of them. */
function familyOf({ tables }: Snapshot, at: At): ReadonlySet<Table> {
  const family = new Set(tables.filter((table) => isTable(table, at)));
  // A set that grows while it is walked is walked to its new end.
  for (const parent of family)
    for (const table of tables) if ((table.partitionOf && isTable(parent, table.partitionOf)) || table.inherits?.includes(shown(parent))) family.add(table);
  return family;
}

function withTables(snapshot: Snapshot, change: (table: Table) => Table): Snapshot {
  return { ...snapshot, tables: snapshot.tables.map(change) };
}

function renamedIn(
  list: 'sequences' | 'views' | 'enums' | 'domains' | 'compositeTypes' | 'objects',
  snapshot: Snapshot,
  at: { readonly schema?: string; readonly name: string; readonly to: string },
): Partial<Snapshot> {
  const items = snapshot[list];
  if (!items?.some(({ name, schema }) => name === at.name && schema === at.schema)) return {};
  // Each list keeps its kind of items; only a name changes.
  return { [list]: items.map((item) => (item.name === at.name && item.schema === at.schema ? { ...item, name: at.to } : item)) } as Partial<Snapshot>;
}

function tableMoved(snapshot: Snapshot, at: At, to: At): Snapshot {
  const old = `${at.schema === undefined ? '' : `${at.schema}.`}${at.table}`;
  const current = `${to.schema === undefined ? '' : `${to.schema}.`}${to.table}`;
  const moved = withTables(snapshot, (table) => {
    const constraints = table.constraints?.map((constraint): Constraint => {
      if (constraint.type !== 'foreignKey' || constraint.references.table !== at.table || constraint.references.schema !== at.schema) return constraint;
      const { columns } = constraint.references;
      return { ...constraint, references: { ...to, ...(columns ? { columns } : {}) } };
    });
    const partitionOf =
      table.partitionOf?.table === at.table && table.partitionOf.schema === at.schema ? { ...to, bounds: table.partitionOf.bounds } : table.partitionOf;
    const inherits = table.inherits?.map((parent) => (parent === old ? current : parent));
    const { schema, ...rest } = table;
    const here = isTable(table, at) ? { ...rest, ...schemaOf(to), name: to.table } : table;
    return { ...here, ...(constraints ? { constraints } : {}), ...(partitionOf ? { partitionOf } : {}), ...(inherits ? { inherits } : {}) };
  });
  const movesSchema = at.schema !== to.schema;
  return {
    ...moved,
    ...(snapshot.sequences
      ? {
          sequences: snapshot.sequences.map((sequence) => {
            if (!sequence.ownedBy?.startsWith(`${old}.`)) return sequence;
            const { schema, ...rest } = sequence;
            // What a column owns moves with its table.
            return { ...(movesSchema ? { ...rest, ...schemaOf(to) } : sequence), ownedBy: `${current}.${sequence.ownedBy.slice(old.length + 1)}` };
          }),
        }
      : {}),
  };
}

function columnRenamed(snapshot: Snapshot, at: At, old: string, to: string): Snapshot {
  const one = (name: string): string => (name === old ? to : name);
  const all = (names: readonly string[]): string[] => names.map(one);
  const index = (item: Index): Index => ({
    ...item,
    keys: item.keys.map((key) => (key.column === undefined ? key : { ...key, column: one(key.column) })),
    ...(item.include ? { include: all(item.include) } : {}),
  });
  const own = (constraint: Constraint): Constraint => {
    const include = 'include' in constraint && constraint.include ? { include: all(constraint.include) } : {};
    return { ...constraint, ...(constraint.columns ? { columns: all(constraint.columns) } : {}), ...include } as Constraint;
  };
  const pointing = (constraint: Constraint): Constraint =>
    constraint.type === 'foreignKey' && constraint.references.table === at.table && constraint.references.schema === at.schema && constraint.references.columns
      ? { ...constraint, references: { ...constraint.references, columns: all(constraint.references.columns) } }
      : constraint;
  const owner = `${at.schema === undefined ? '' : `${at.schema}.`}${at.table}.${old}`;
  const family = familyOf(snapshot, at);
  const changed = withTables(snapshot, (table) => {
    const here = family.has(table);
    return {
      ...table,
      ...(table.constraints ? { constraints: table.constraints.map((constraint) => pointing(here ? own(constraint) : constraint)) } : {}),
      ...(here ? { columns: table.columns.map((column) => (column.name === old ? { ...column, name: to } : column)) } : {}),
      ...(here && table.indexes ? { indexes: table.indexes.map(index) } : {}),
    };
  });
  return {
    ...changed,
    ...(snapshot.sequences
      ? {
          sequences: snapshot.sequences.map((item) =>
            item.ownedBy === owner ? { ...item, ownedBy: `${owner.slice(0, owner.length - old.length)}${to}` } : item,
          ),
        }
      : {}),
  };
}

/** An index of a table or materialized view; the index of a constraint takes the constraint's name with it. */
function indexRenamed(snapshot: Snapshot, { schema, name, to }: { readonly schema?: string; readonly name: string; readonly to: string }): Snapshot {
  const rename = <Item extends { name?: string }>(items: readonly Item[] | undefined) =>
    items?.map((item) => (item.name === name ? { ...item, name: to } : item));
  return {
    ...withTables(snapshot, (table) => {
      if (table.schema !== schema) return table;
      const keys = table.constraints?.map((item) => (item.name === name && item.type !== 'check' && item.type !== 'foreignKey' ? { ...item, name: to } : item));
      return { ...table, ...(table.indexes ? { indexes: rename(table.indexes) } : {}), ...(keys ? { constraints: keys } : {}) };
    }),
    ...(snapshot.views
      ? { views: snapshot.views.map((view) => (view.schema === schema && view.indexes ? { ...view, indexes: rename(view.indexes) } : view)) }
      : {}),
  };
}

function schemaRenamed(snapshot: Snapshot, old: string, to: string): Snapshot {
  // Every `schema` of the snapshot is a schema's name, however deep it stands.
  const deep = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(deep);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, key === 'schema' && item === old ? to : deep(item)]));
  };
  return { ...(deep(snapshot) as Snapshot), ...(snapshot.schemas ? { schemas: snapshot.schemas.map((name) => (name === old ? to : name)) } : {}) };
}
