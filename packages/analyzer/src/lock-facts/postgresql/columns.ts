import type { ForeignKey, Index, Lock, Operation, Table } from '@planwright/spec';
import { serialType } from '../../apply/written-type.js';
import { mentions } from '../../expression-names.js';
import { typeName } from '../../rests-on.js';
import { baseType, domainOf, isPlainCast } from '../../verdicts/postgresql/base-type.js';
import { defaultVolatility } from '../../verdicts/postgresql/default-volatility.js';
import { isProvenNotNull } from '../../verdicts/postgresql/proven-not-null.js';
import { typeChange } from '../../verdicts/postgresql/type-change.js';
import { columnBefore, columnOn, type StatementFacts, tableBefore } from '../../verdicts/statement-facts.js';
import { lostViews } from './lost.js';
import { lock, type On, type Reference, type Surroundings } from './surroundings.js';

/** Types whose change is understood: PostgreSQL's own. What a domain or an extension does is not in the type's name. */
const builtIn =
  /^(?:smallint|integer|bigint|real|double precision|numeric|text|varchar|char|date|time|timetz|timestamp|timestamptz|interval|boolean|uuid|jsonb?|bytea|inet|cidr|varbit|bit|citext)(?:\([\d, ]+\))?(?:\[\])?$/;

/** Locks of the operations on one column; nothing for all others, and for those whose locks depend on what is not known. */
export function columnLocks(around: Surroundings, operation: Operation): readonly Lock[] | undefined {
  const { facts } = around;
  switch (operation.type) {
    case 'addColumn': {
      if (operation.ifNotExists && columnBefore(facts, columnOn(operation, operation.column.name))) return [lock(operation, 'ACCESS EXCLUSIVE')];
      const work = workOfNewColumn(facts, operation);
      return work && around.spread(operation, 'ACCESS EXCLUSIVE', work);
    }
    case 'dropColumn':
      return columnBefore(facts, operation) || !operation.ifExists ? droppedColumn(around, operation) : [lock(operation, 'ACCESS EXCLUSIVE')];
    case 'dropNotNull':
      return columnBefore(facts, operation)?.notNull ? around.spread(operation, 'ACCESS EXCLUSIVE') : [lock(operation, 'ACCESS EXCLUSIVE')];
    case 'renameColumn':
    case 'setDefault':
    case 'dropDefault':
    case 'dropGenerated':
      return around.spread(operation, 'ACCESS EXCLUSIVE');
    case 'setIdentity':
    case 'dropIdentity':
      // Partitions share the identity, heirs do not.
      return around.spread(operation, 'ACCESS EXCLUSIVE', 'brief', false);
    case 'setGenerated':
      return around.spread(operation, 'ACCESS EXCLUSIVE', 'rewrite');
    case 'setNotNull':
      return around.spread(operation, 'ACCESS EXCLUSIVE', columnBefore(facts, operation)?.notNull || isProvenNotNull(facts, operation) ? 'brief' : 'scan');
    case 'alterColumnType': {
      const work = workOfNewType(facts, operation);
      return work && [...around.spread(operation, 'ACCESS EXCLUSIVE', work), ...retypedKeys(around, operation)];
    }
    case 'setColumnOption':
      return around.spread(
        operation,
        operation.option === 'statistics' || operation.option.startsWith('n_distinct') ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE',
      );
    default:
      return undefined;
  }
}

/** Foreign keys go with their column on either side, and each takes its triggers from the table at the other end. */
function droppedColumn(around: Surroundings, operation: Extract<Operation, { type: 'dropColumn' }>): readonly Lock[] {
  const family = around.family(operation, true);
  const keys = keysWith(around, family, operation.column);
  const references = referencesTo(around, family, ({ references: { columns } }) => columns?.includes(operation.column) === true);
  const own = around.spread(operation, 'ACCESS EXCLUSIVE');
  if (keys.length + references.length === 0 && !operation.cascade) return own;
  return [
    ...own,
    ...keys.flatMap((key) => around.partner(key.references, 'ACCESS EXCLUSIVE')),
    ...references.flatMap(({ from }) => around.partner(from, 'ACCESS EXCLUSIVE')),
    ...(operation.cascade ? lostViews(around.facts) : []),
  ];
}

/** Foreign keys that a family of tables has on a column. */
function keysWith(around: Surroundings, family: readonly On[], column: string): readonly ForeignKey[] {
  const found: ForeignKey[] = [];
  for (const member of family) for (const key of around.keysOf(member)) if (key.columns.includes(column)) found.push(key);
  return found;
}

/** Foreign keys to a family of tables that are of a kind. */
function referencesTo(around: Surroundings, family: readonly On[], isMeant: (key: ForeignKey) => boolean): readonly Reference[] {
  const found: Reference[] = [];
  for (const member of family) for (const reference of around.referencesTo(member)) if (isMeant(reference.key)) found.push(reference);
  return found;
}

/** Foreign keys on a column that changes its type are made anew on both sides; rows are looked up again unless the values compare as before. */
function retypedKeys(around: Surroundings, operation: Extract<Operation, { type: 'alterColumnType' }>): readonly Lock[] {
  const family = around.family(operation, true);
  const keys = keysWith(around, family, operation.column);
  const references = referencesTo(around, family, ({ references: { columns } }) => columns?.includes(operation.column) ?? true);
  if (keys.length + references.length === 0) return [];
  const written = columnBefore(around.facts, operation)?.type ?? operation.from;
  const from = written === undefined ? undefined : baseType(around.facts, written);
  const to = baseType(around.facts, operation.to);
  const texts = /^(?:text|varchar)\b/;
  const alike = from !== undefined && (typeChange(from, to).rewrites === false || (texts.test(from) && texts.test(to)));
  const work = (key: ForeignKey): Lock['held'] => (alike || key.notValid ? 'brief' : 'scan');
  return [
    ...keys.flatMap((key) => around.partner(key.references, 'ACCESS EXCLUSIVE')),
    // Its own rows are looked up again too; where the table is written anew that says nothing more.
    ...keys.flatMap((key) => around.spread(operation, 'ACCESS EXCLUSIVE', work(key))),
    ...references.flatMap(({ from: other, key }) => around.partner(other, 'ACCESS EXCLUSIVE', work(key))),
  ];
}

function workOfNewColumn(facts: StatementFacts, { column }: Extract<Operation, { type: 'addColumn' }>): Lock['held'] | undefined {
  if (serialType(column.type) !== undefined || column.identity) return 'rewrite';
  if (column.generated) return column.generated.stored === false ? 'brief' : 'rewrite';
  // A domain with a rule is tried on every row, which writes the table anew.
  const domain = domainOf(facts, column.type);
  if (domain?.checks?.length || domain?.notNull) return 'rewrite';
  const filled = column.default ?? domain?.default;
  // Nothing fills the rows that are there: PostgreSQL looks for one, and refuses at the first.
  if (filled === undefined) return column.notNull ? 'scan' : 'brief';
  const volatility = defaultVolatility(filled, facts.restsOn.routines);
  return volatility === 'unknown' ? undefined : volatility === 'volatile' ? 'rewrite' : 'brief';
}

function workOfNewType(facts: StatementFacts, operation: Extract<Operation, { type: 'alterColumnType' }>): Lock['held'] | undefined {
  const column = columnBefore(facts, operation);
  const written = column?.type ?? operation.from;
  if (written === undefined) return undefined;
  const target = domainOf(facts, operation.to);
  // A domain with a rule is tried on every value, which writes the table anew; one without is its base type.
  if (written !== operation.to && (target?.checks?.length || target?.notNull)) return 'rewrite';
  const [from, to] = [baseType(facts, written), baseType(facts, operation.to)];
  const change = typeChange(from, to);
  if (!isPlainCast(operation)) return 'rewrite';
  if (!builtIn.test(from) || !builtIn.test(to)) {
    // Between an enum or another type of one's own and any other type, every value is converted.
    return change.kind === 'same' ? 'brief' : isEnum(facts, from) || isEnum(facts, to) ? 'rewrite' : undefined;
  }
  const table = tableBefore(facts, operation);
  if (facts.utc && change.kind === 'converts' && /^timestamp(?:tz)?$/.test(from) && /^timestamp(?:tz)?$/.test(operation.to)) {
    // The values stay, but the two types are ordered by different operators: indexes on the column are built anew.
    const named = (text: string | undefined): boolean => text !== undefined && mentions(text, operation.column);
    const keyed = table?.indexes?.some(
      ({ keys, where }) => named(where) || keys.some(({ column, expression }) => column === operation.column || named(expression)),
    );
    const constrained = table?.constraints?.some((constraint) =>
      constraint.type === 'check' ? named(constraint.expression) : constraint.type !== 'foreignKey' && constraint.columns?.includes(operation.column),
    );
    return keyed || constrained ? 'scan' : 'brief';
  }
  if (change.rewrites !== false) return 'rewrite';
  // What rests on the column is made anew, though the table is not written; a check that is not valid stays so.
  const checked = table?.constraints?.some(
    (constraint) => constraint.type === 'check' && !constraint.notValid && mentions(constraint.expression, operation.column),
  );
  const collated = /^(?:text|varchar|char|citext)/.test(to) && column !== undefined && column.collation !== operation.collation;
  // Other order, other index: with a new collation or comparison none on the column can stay.
  const keyed = (collated || (from === 'citext') !== (to === 'citext')) && isKey(table, operation.column);
  // A partial index or one of expressions never stays.
  const indexed = table?.indexes?.some(
    (index) => (index.where !== undefined || index.keys.some(({ expression }) => expression !== undefined)) && isOnColumn(index, operation.column),
  );
  return checked || indexed || keyed ? 'scan' : 'brief';
}

function isOnColumn({ keys, where, include }: Index, name: string): boolean {
  return (
    keys.some(({ column, expression }) => column === name || (expression !== undefined && mentions(expression, name))) ||
    (where !== undefined && mentions(where, name)) ||
    include?.includes(name) === true
  );
}

/** Whether an index, of its own or of a constraint, is ordered by the column. */
function isKey(table: Table | undefined, name: string): boolean {
  return (
    table?.indexes?.some(({ keys }) => keys.some(({ column, expression }) => column === name || (expression !== undefined && mentions(expression, name)))) ||
    table?.constraints?.some(({ type, columns }) => (type === 'primaryKey' || type === 'unique' || type === 'exclusion') && columns?.includes(name)) ||
    false
  );
}

function isEnum({ before, after, restsOn }: StatementFacts, type: string): boolean {
  const { schema, name } = typeName(type);
  return [...restsOn.enums, ...(before.enums ?? []), ...(after.enums ?? [])].some((known) => known.name === name && known.schema === schema);
}
