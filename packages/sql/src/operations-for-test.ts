import type { Column, Constraint, Operation, Table } from '@planwright/spec';
import fc from 'fast-check';

/** Names that only quoting makes safe. For tests. */
const hostileName = fc.oneof(
  fc.constantFrom(
    'order',
    'Orders',
    'a b',
    "it's",
    'q"q',
    'back`tick',
    'semi;colon',
    '--',
    '/* x',
    '$$',
    'größe',
    '日本',
    '😀',
    'select',
    '1st',
    'a\nb',
    'a\\b',
    'id',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((name) => !name.includes('\0') && name.trim() === name && !/\p{Surrogate}/u.test(name)),
);

const text = fc.oneof(hostileName, fc.constant(''));
const schema = fc.option(hostileName, { nil: undefined });
const at = fc.record({ table: hostileName });

const column: fc.Arbitrary<Column> = fc.record(
  { name: hostileName, type: fc.constantFrom('integer', 'text', 'numeric(12,2)'), notNull: fc.boolean(), default: fc.constantFrom('0', "'x'", '1 + 2') },
  { requiredKeys: ['name', 'type'] },
);

const columns = fc.uniqueArray(hostileName, { minLength: 1, maxLength: 3 });

const constraint: fc.Arbitrary<Constraint> = fc.oneof(
  fc.record({ type: fc.constant('primaryKey' as const), name: hostileName, columns }, { requiredKeys: ['type', 'columns'] }),
  fc.record({ type: fc.constant('unique' as const), name: hostileName, columns }, { requiredKeys: ['type', 'columns'] }),
  fc.record(
    {
      type: fc.constant('foreignKey' as const),
      name: hostileName,
      columns,
      references: fc.record({ table: hostileName, columns }),
      onDelete: fc.constantFrom('cascade' as const, 'set null' as const),
    },
    { requiredKeys: ['type', 'columns', 'references'] },
  ),
  fc.record(
    { type: fc.constant('check' as const), name: hostileName, expression: fc.constantFrom('1 > 0', '(1 > 0) OR (2 > 1)') },
    { requiredKeys: ['type', 'expression'] },
  ),
);

const index = fc.record(
  { name: hostileName, keys: fc.array(fc.record({ column: hostileName }), { minLength: 1, maxLength: 3 }), unique: fc.boolean() },
  { requiredKeys: ['name', 'keys'] },
);

const table: fc.Arbitrary<Table> = fc.record(
  {
    name: hostileName,
    columns: fc.uniqueArray(column, { minLength: 1, maxLength: 4, selector: ({ name }) => name }),
    constraints: fc.array(constraint, { maxLength: 2 }),
    indexes: fc.array(index, { maxLength: 2 }),
    comment: text,
  },
  { requiredKeys: ['name', 'columns'] },
);

/** Operations that all three databases have. */
export const sharedOperation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ type: fc.constant('createTable' as const), table }),
  at.map((on): Operation => ({ type: 'dropTable', ...on, ifExists: true })),
  fc.tuple(at, hostileName).map(([on, to]): Operation => ({ type: 'renameTable', ...on, to })),
  fc.tuple(at, column).map(([on, added]): Operation => ({ type: 'addColumn', ...on, column: { ...added, notNull: false } })),
  fc.tuple(at, hostileName).map(([on, name]): Operation => ({ type: 'dropColumn', ...on, column: name })),
  fc.tuple(at, hostileName, hostileName).map(([on, name, to]): Operation => ({ type: 'renameColumn', ...on, column: name, to })),
  fc.tuple(at, index).map(([on, made]): Operation => ({ type: 'createIndex', ...on, index: made })),
  fc.tuple(at, hostileName).map(([on, name]): Operation => ({ type: 'dropIndex', ...on, name })),
  fc.tuple(hostileName, columns).map(([name, names]): Operation => ({ type: 'createView', view: { name, columns: names, query: 'SELECT 1' } })),
  hostileName.map((name): Operation => ({ type: 'dropView', name })),
  fc.tuple(at, hostileName).map(([on, name]): Operation => ({ type: 'updateRows', ...on, set: { [name]: '1' }, where: '1 = 1' })),
  at.map((on): Operation => ({ type: 'deleteRows', ...on })),
);

/** Operations that PostgreSQL has beyond these. */
export const postgresqlOperation: fc.Arbitrary<Operation> = fc.oneof(
  fc
    .tuple(
      at,
      schema,
      hostileName,
      fc.constantFrom('setNotNull' as const, 'dropNotNull' as const, 'dropDefault' as const, 'dropIdentity' as const, 'dropGenerated' as const),
    )
    .map(([on, inSchema, name, type]): Operation => ({ type, ...on, ...(inSchema === undefined ? {} : { schema: inSchema }), column: name })),
  fc.tuple(at, hostileName).map(([on, name]): Operation => ({ type: 'alterColumnType', ...on, column: name, to: 'bigint', using: '1' })),
  fc.tuple(at, hostileName).map(([on, name]): Operation => ({ type: 'setIdentity', ...on, column: name, identity: 'by default' })),
  fc.tuple(at, constraint).map(([on, added]): Operation => ({ type: 'addConstraint', ...on, constraint: added })),
  fc.tuple(at, hostileName, hostileName).map(([on, name, to]): Operation => ({ type: 'renameConstraint', ...on, name, to })),
  fc.tuple(at, hostileName).map(([on, name]): Operation => ({ type: 'dropConstraint', ...on, name, cascade: true })),
  fc.tuple(at, hostileName).map(([on, name]): Operation => ({ type: 'validateConstraint', ...on, name })),
  fc.tuple(at, text).map(([on, value]): Operation => ({ type: 'setTableOption', ...on, option: 'fillfactor', value })),
  fc.tuple(at, hostileName, text).map(([on, name, comment]): Operation => ({ type: 'setComment', kind: 'column', ...on, name, comment })),
  fc.tuple(hostileName, fc.array(text, { minLength: 1 })).map(([name, labels]): Operation => ({ type: 'createEnum', enum: { name, labels } })),
  fc.tuple(hostileName, text, text).map(([name, label, after]): Operation => ({ type: 'addEnumValue', name, label, after })),
  fc.tuple(hostileName, text, text).map(([name, label, to]): Operation => ({ type: 'renameEnumValue', name, label, to })),
  fc.tuple(hostileName, hostileName).map(
    ([name, check]): Operation => ({
      type: 'createDomain',
      domain: { name, type: 'text', notNull: true, default: "'x'", checks: [{ type: 'check', name: check, expression: 'value IS NOT NULL' }] },
    }),
  ),
  fc
    .tuple(hostileName, fc.array(column, { minLength: 1 }))
    .map(([name, attributes]): Operation => ({ type: 'createCompositeType', compositeType: { name, attributes } })),
  fc.tuple(hostileName, schema).map(
    ([name, inSchema]): Operation => ({
      type: 'createSequence',
      sequence: { name, ...(inSchema === undefined ? {} : { schema: inSchema }), options: { start: '10', cycle: 'true' } },
    }),
  ),
  fc.tuple(at, hostileName, hostileName).map(
    ([on, name, role]): Operation => ({
      type: 'createPolicy',
      ...on,
      policy: { name, roles: [role], command: 'update', permissive: false, using: 'true', withCheck: 'true' },
    }),
  ),
  fc.tuple(at, hostileName).map(([on, name]): Operation => ({ type: 'setTriggerState', ...on, name, state: 'replica' })),
  fc.tuple(at, hostileName).map(([on, partition]): Operation => ({ type: 'attachPartition', ...on, partition: { table: partition }, bounds: 'DEFAULT' })),
  // A dot parts the name of a setting, and no part is empty.
  fc
    .tuple(
      hostileName.filter((name) => !name.split('.').includes('')),
      text,
    )
    .map(([name, value]): Operation => ({ type: 'setSetting', name, value, local: true })),
  hostileName.map((name): Operation => ({ type: 'createExtension', name, ifNotExists: true })),
  hostileName.map((name): Operation => ({ type: 'dropType', name, cascade: true })),
  at.map((on): Operation => ({ type: 'lockTable', tables: [on], mode: 'SHARE' })),
);
