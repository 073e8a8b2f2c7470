import type { EnumType, Operation, Snapshot } from '@planwright/spec';
import { quoteIdentifier } from '@planwright/sql/postgresql';
import { mentions, renameIn, renameTypeIn } from '../expression-names.js';
import type { JudgedMigration } from '../judged-migration.js';
import type { On } from '../lock-facts/postgresql/surroundings.js';
import { isOfType, typeName } from '../rests-on.js';
import { isByText } from '../verdicts/postgresql/base-type.js';
import { columnText, onTableText, tableText } from '../verdicts/statement-facts.js';
import { besideSql, columnIn, joined, onOf, tableIn, written } from './asked.js';
import type { PlacedStep, StatementStep } from './step.js';

type Of<Type extends Operation['type']> = Extract<Operation, { readonly type: Type }>;
type Retyping = Of<'alterColumnType'>;

/**
 * Enum types that a change builds anew under their own names, in whatever order its author does it: the old one renamed first, renamed last, or dropped while
 * its columns are text. The new type waits under a name of its own and takes the old one's in the transaction in which the column does: what casts to the
 * type finds that of the column, before and after.
 */
export interface ReplacedEnums {
  /** What stands for a statement, by its id; an empty list where nothing has to. */
  readonly steps: ReadonlyMap<string, readonly PlacedStep[]>;
  /** Tables that stay as written, with the reason: the change takes the name of a type of theirs first, and something else of it rests on the type. */
  readonly stuck: ReadonlyMap<string, string>;
  /** Statements about such a type, by their ids: they wait for the release with those of its columns. */
  readonly waiting: ReadonlySet<string>;
  /** The change of a column to the new type under the name that this has until then, with the schemas around it; nothing for any other. */
  readonly retyping: (operation: Retyping, sides: Sides) => (Sides & { readonly operation: Retyping; readonly keepsLabels: boolean }) | undefined;
}

export const noEnums: ReplacedEnums = { steps: new Map(), stuck: new Map(), waiting: new Set(), retyping: () => undefined };

interface Sides {
  readonly before: Snapshot;
  readonly after: Snapshot;
}

interface Replaced {
  readonly type: EnumType;
  /** What the new type is called until it takes the name, and the old one from then on. */
  readonly interim: string;
  readonly old: string;
  readonly columns: readonly Retyping[];
  /** The new type has every label of the old one. */
  readonly keepsLabels: boolean;
  readonly steps: ReadonlyMap<string, readonly PlacedStep[]>;
}

/** A statement of the change by its place. */
interface Done {
  readonly place: number;
  readonly id: string;
  readonly operations: readonly Operation[];
  readonly sql: string;
}

/**
 * Finds them. `before` is the schema before the change; `retyped` holds the columns (`orders.state`) that another one replaces under their own name, `moved` the
 * ids of statements that run in the transaction in which it does.
 */
export function replacedEnums(
  migrations: readonly JudgedMigration[],
  before: Snapshot,
  retyped: ReadonlySet<string>,
  moved: ReadonlySet<string>,
): ReplacedEnums {
  const all = migrations
    .flatMap(({ statements }) => statements)
    .map(({ statement: { id = '', operations, sql } }, place): Done => ({ place, id, operations, sql: sql ?? JSON.stringify(operations) }));
  const answers = (before.enums ?? []).map((type) => ({ type, answer: replacement(type, all, before, retyped, moved) }));
  const found = answers.flatMap(({ answer }) => (answer && !('waiting' in answer) ? [answer] : []));
  const stuck = answers.flatMap(({ type, answer }) => (answer && 'waiting' in answer ? [{ type, waiting: answer.waiting }] : []));
  const reason = ({ name }: EnumType): string => `the type \`${name}\` is built anew under its name, and something else of the change rests on it`;
  return {
    stuck: new Map(stuck.flatMap(({ type }) => tablesOf(before, type).map((table) => [table, reason(type)] as const))),
    waiting: new Set(stuck.flatMap(({ waiting }) => waiting)),
    steps: new Map(found.flatMap(({ steps }) => [...steps])),
    retyping: (operation, { before: then, after }) => {
      const one = found.find(({ columns }) => columns.some((column) => columnText(column) === columnText(operation)));
      if (!one) return undefined;
      const array = /(?:\[\])*$/.exec(operation.to)?.[0] ?? '';
      const to = `${besideSql(on(one.type), one.interim)}${array}`;
      const from = `${besideSql(on(one.type), one.old)}${array}`;
      return {
        operation: { ...operation, from, to, ...castTo(besideSql(on(one.type), one.interim), operation) },
        before: withType(then, operation, from),
        after: withType(after, operation, to),
        keepsLabels: one.keepsLabels && isByText(operation),
      };
    },
  };
}

/** How the change builds a type anew; nothing where it does not, or not in an order of which something is known. */
function replacement(
  type: EnumType,
  all: readonly Done[],
  before: Snapshot,
  retyped: ReadonlySet<string>,
  moved: ReadonlySet<string>,
): Replaced | { readonly waiting: readonly string[] } | undefined {
  const leaves = only(all, (one): one is Of<'renameType'> | Of<'dropType'> => (one.type === 'renameType' || one.type === 'dropType') && isIt(one, type));
  const arrives = only(all, (one): one is Of<'renameType'> => one.type === 'renameType' && isIt({ ...one, name: one.to }, type));
  const made = arrives?.operation.name ?? type.name;
  const makes = only(all, (one): one is Of<'createEnum'> => one.type === 'createEnum' && isIt(one.enum, { ...type, name: made }));
  if (!leaves || !makes || (arrives ? leaves.place > arrives.place : leaves.place > makes.place)) return undefined;
  const interim = arrives ? made : joined(type.name, undefined, 'new');
  const old = leaves.operation.type === 'renameType' ? leaves.operation.to : joined(type.name, undefined, 'old');
  const goes = only(all, (one): one is Of<'dropType'> => one.type === 'dropType' && isIt(one, { ...type, name: old }));
  const columns: Retyping[] = [];
  const asText: Done[] = [];
  const resting: Done[] = [];
  for (const done of all) {
    if ([leaves, arrives, makes, goes].some((role) => role?.place === done.place) || moved.has(done.id)) continue;
    for (const operation of done.operations) {
      const { type: does } = operation;
      if (does === 'alterColumnType' && done.place > makes.place && isOfType(operation.to, { ...type, name: made })) columns.push(operation);
      else if (does === 'alterColumnType' && done.place < leaves.place && isOfType(columnIn(before, onOf(operation), operation.column)?.type ?? '', type))
        asText.push(done);
      else if (done.place > Math.min(leaves.place, makes.place) && restsOnOne(operation, done.sql, [type.name, interim, old])) resting.push(done);
    }
  }
  const [first] = columns;
  const going = new Set(columns.map(columnText));
  const having = columnsOf(before, type);
  const fits = having.every((column) => going.has(column)) && [...going].every((column) => retyped.has(column) && having.includes(column));
  const afterwards = asText.every(({ operations }) => operations.length === 1 && operations.every((one) => going.has(columnText(one as Retyping))));
  const several = new Set(columns.map(onTableText)).size > 1;
  const isFree = ![interim, old].some((name) => isTaken(before, { ...type, name }));
  // The triggers of other tables would go on naming the new type as it was called before.
  if (!first || !isFree || resting.length > 0 || !fits || !afterwards || (several && !columns.every(isByText))) {
    if (arrives || leaves.operation.type !== 'renameType') return undefined;
    // The author takes the name from running code first: all that follows waits with it, as far as it is about the type.
    const last = Math.max(
      goes?.place ?? 0,
      ...all.flatMap(({ place, operations }) => (operations.some((one) => columns.some((column) => column === one)) ? [place] : [])),
    );
    return { waiting: all.filter((done) => (done.place >= leaves.place && done.place <= last) || resting.includes(done)).map(({ id }) => id) };
  }

  const steps = stepsOf({ type, interim, old, leaves, arrives, makes, goes, asText }, { table: onOf(first), several, before });
  const keepsLabels = type.labels.every((label) => makes.operation.enum.labels.includes(label));
  return { type, interim, old, columns, keepsLabels, steps };
}

/** The statements that build a type anew. */
interface Roles {
  readonly type: EnumType;
  readonly interim: string;
  readonly old: string;
  /** The old type gives up the name: renamed, or dropped. */
  readonly leaves: Done & { readonly operation: Of<'renameType'> | Of<'dropType'> };
  /** The new one takes it, unless it is made under it. */
  readonly arrives: Done | undefined;
  readonly makes: Done & { readonly operation: Of<'createEnum'> };
  /** What has been renamed is dropped. */
  readonly goes: Done | undefined;
  /** Its columns become text before. */
  readonly asText: readonly Done[];
}

/** What stands for each of them: the type is made before the columns, changes names with them, and goes when nothing follows it. */
function stepsOf(
  { type, interim, old, leaves, arrives, makes, goes, asText }: Roles,
  { table, several, before }: { readonly table: On; readonly several: boolean; readonly before: Snapshot },
): ReadonlyMap<string, readonly PlacedStep[]> {
  const from = ({ id }: Done, ...steps: readonly StatementStep[]) => [id, steps.map((one) => ({ ...one, from: [id] }))] as const;
  const step = (sql: string, more: Partial<StatementStep> = {}): StatementStep => ({ kind: 'statement', stage: 'swap', table, sql, ...more });
  const rename = (name: string, to: string, more: Partial<StatementStep> = {}) =>
    step(`ALTER TYPE ${besideSql(on(type), name)} RENAME TO ${quoteIdentifier(to)}`, more);
  const [create = ''] = written({ type: 'createEnum', enum: { ...makes.operation.enum, name: interim } }, before) ?? [];
  const make = step(create, { stage: 'make types', why: `\`${type.name}\` keeps its name until a column has the new type: what casts to it goes on.` });
  const leave = rename(type.name, old, {
    why: `With the column, in one transaction: what casts to \`${type.name}\` finds the type of the column before and after.`,
    ...(several ? { need: { release: `casts nothing to \`${type.name}\`, which its tables take over one after the other` } } : {}),
  });
  const arrive = rename(interim, type.name);
  const drop = step(`DROP TYPE ${besideSql(on(type), old)}`, { stage: several ? 'drop old' : 'final names' });
  return new Map<string, readonly PlacedStep[]>([
    // A column that is text in between goes over in one step, like the others.
    ...asText.map(({ id }) => [id, []] as const),
    [makes.id, [{ ...make, from: [makes.id, ...asText.map(({ id }) => id)] }]],
    from(leaves, leave, ...(arrives ? [] : [arrive]), ...(leaves.operation.type === 'dropType' ? [drop] : [])),
    ...(arrives ? [from(arrives, arrive)] : []),
    ...(goes ? [from(goes, drop)] : []),
  ]);
}

/** Columns of a type, or of arrays of it, and the tables that have one. */
function columnsOf({ tables }: Snapshot, type: Name): readonly string[] {
  return tables.flatMap((table) => table.columns.flatMap((column) => (isOfType(column.type, type) ? [`${tableText(table)}.${column.name}`] : [])));
}

function tablesOf({ tables }: Snapshot, type: Name): readonly string[] {
  return tables.flatMap((table) => (table.columns.some((column) => isOfType(column.type, type)) ? [tableText(table)] : []));
}

/** The one statement that does this, and nothing else; nothing where several do. */
function only<T extends Operation>(all: readonly Done[], does: (operation: Operation) => operation is T): (Done & { readonly operation: T }) | undefined {
  const [found, second] = all.flatMap((done) => done.operations.flatMap((operation) => (does(operation) ? [{ ...done, operation }] : [])));
  return found && !second && found.operations.length === 1 ? found : undefined;
}

type Name = { readonly schema?: string; readonly name: string };

function isIt(one: Name, other: Name): boolean {
  return one.name === other.name && one.schema === other.schema;
}

function on({ schema, name }: EnumType): { readonly schema?: string; readonly table: string } {
  return schema === undefined ? { table: name } : { schema, table: name };
}

/** Types, tables and views share their names. */
function isTaken({ enums = [], domains = [], compositeTypes = [], tables, views = [] }: Snapshot, name: Name): boolean {
  return [enums, domains, compositeTypes, tables, views].some((list) => list.some((one) => isIt(one, name)));
}

/** Whether a statement may rest on one of these types; defaults of the columns are those of the end in any case. */
function restsOnOne(operation: Operation, sql: string, types: readonly string[]): boolean {
  if (operation.type === 'setDefault' || operation.type === 'dropDefault') return false;
  const isOfThem = (type: string): boolean => types.includes(typeName(type).name);
  if (operation.type === 'addColumn' && isOfThem(operation.column.type)) return true;
  if (operation.type === 'alterColumnType' && isOfThem(operation.to)) return true;
  if (operation.type === 'createTable' && operation.table.columns.some((column) => isOfThem(column.type))) return true;
  const inText =
    /(?:Type|Domain|Routine|Object|unknown|Privileges|EnumValue)$/.test(operation.type) || (operation.type === 'setComment' && operation.kind === 'type');
  return types.some((type) => (inText ? mentions(sql, type) : renameTypeIn(sql, type, '') !== sql));
}

/** The expression with its casts to another name of the type. Where the author has made the column text by then, it is not yet. */
function castTo(to: string, { using, to: type, column, from }: Retyping): { readonly using?: string } {
  if (using === undefined) return {};
  const cast = renameTypeIn(using, typeName(type).name, to);
  return { using: from !== undefined && /^(?:text|varchar)\b/.test(from) ? renameIn(cast, column, `${quoteIdentifier(column)}::${from}`) : cast };
}

function withType(snapshot: Snapshot, { column, ...operation }: Retyping, type: string): Snapshot {
  const table = tableIn(snapshot, onOf(operation));
  if (!table) return snapshot;
  const changed = { ...table, columns: table.columns.map((one) => (one.name === column ? { ...one, type } : one)) };
  return { ...snapshot, tables: snapshot.tables.map((one) => (one === table ? changed : one)) };
}
