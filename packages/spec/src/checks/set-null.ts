import type { Constraint, Context, ForeignKey, Issue, Operation, Table } from '../generated/types.js';

/**
 * `ON DELETE SET NULL` cannot work on a column that refuses NULL: the delete fails with 23502. A database takes the definition all the same, so in migrations that
 * somebody wrote it is a warning; in what the plan says of its new tables it is a contradiction.
 */
export function checkSetNull({ change, sequence, tables }: Context): readonly Issue[] {
  const after = change.after?.tables ?? [];
  const written = change.migrations.flatMap(({ statements }, m) =>
    statements.flatMap(({ operations }, s) =>
      operations.flatMap((operation, o) => ofOperation(operation, after, `/change/migrations/${m}/statements/${s}/operations/${o}`, 'warning')),
    ),
  );
  const planned = (sequence?.migrations ?? []).flatMap(({ statements }, m) =>
    statements.flatMap(({ operations }, s) =>
      operations.flatMap((operation, o) => ofOperation(operation, after, `/sequence/migrations/${m}/statements/${s}/operations/${o}`, 'warning')),
    ),
  );
  const described = (tables?.created ?? []).flatMap(({ table, relationships = [] }, t) => [
    ...ofTable(table, `/tables/created/${t}/table`, 'error'),
    ...relationships.flatMap((relationship, r) => contradiction(relationship, table, `/tables/created/${t}/relationships/${r}`, 'error')),
  ]);
  // The same key may stand as an operation and as a part of a described table; one issue says it.
  const seen = new Set<string>();
  return [...described, ...planned, ...written].filter(({ message }) => !seen.has(message) && seen.add(message));
}

function ofOperation(operation: Operation, tables: readonly Table[], pointer: string, severity: Severity): readonly Issue[] {
  if (operation.type === 'createTable') return ofTable(operation.table, `${pointer}/table`, severity);
  if (operation.type !== 'addConstraint' || operation.constraint.type !== 'foreignKey') return [];
  const table = tables.find(({ schema, name }) => schema === operation.schema && name === operation.table);
  return table === undefined ? [] : contradiction(operation.constraint, table, `${pointer}/constraint`, severity);
}

function ofTable(table: Table, pointer: string, severity: Severity): readonly Issue[] {
  const isForeignKey = (constraint: Constraint): constraint is ForeignKey => constraint.type === 'foreignKey';
  return (table.constraints ?? []).flatMap((constraint, index) =>
    isForeignKey(constraint) ? contradiction(constraint, table, `${pointer}/constraints/${index}`, severity) : [],
  );
}

type Severity = NonNullable<Issue['severity']>;
type Key = Pick<ForeignKey, 'columns' | 'onDelete' | 'onUpdate'>;

function contradiction({ columns, onDelete, onUpdate }: Key, table: Table, pointer: string, severity: Severity): readonly Issue[] {
  const event = onDelete === 'set null' ? 'DELETE' : onUpdate === 'set null' ? 'UPDATE' : undefined;
  const refusing = table.columns.find((column) => columns.includes(column.name) && (column.notNull === true || inPrimaryKey(table, column.name)));
  if (event === undefined || refusing === undefined) return [];
  return [
    {
      code: 'set-null-not-null',
      ...(severity === 'warning' && { severity }),
      message: `found ON ${event} SET NULL on ${table.name}.${refusing.name}, which refuses NULL: every such ${event} of a referenced row would fail (23502)`,
      pointer,
      hint: 'Let the column take NULL, or use RESTRICT or CASCADE.',
    },
  ];
}

function inPrimaryKey(table: Table, column: string): boolean {
  return (table.constraints ?? []).some((constraint) => constraint.type === 'primaryKey' && constraint.columns.includes(column));
}
