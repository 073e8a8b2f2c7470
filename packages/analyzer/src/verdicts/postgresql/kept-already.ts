import type { Check, Constraint, ForeignKey, Index, Operation, Table } from '@planwright/spec';
import { escaped } from '../../escaped.js';
import type { On } from '../../lock-facts/postgresql/surroundings.js';
import { isNotValid } from '../../not-valid.js';
import { columnOn, columnText, type StatementFacts, tableBefore } from '../statement-facts.js';
import { attachedKeys } from './attached-key.js';
import { allowedValues, comparisonIn, holds } from './constant-check.js';
import { conjuncts } from './proven-not-null.js';

/** A constraint of before the change that refuses all that a new one refuses; where each partition has one, the first of them. */
export interface KeptBy {
  readonly constraint: Constraint;
  /** Whether it stands before the statement; else an earlier one has dropped it. */
  readonly there: boolean;
  /** Whether every row keeps it: it is valid, and nobody has written since it went. */
  readonly ofRows: boolean;
}

/** By what rows and running code keep a constraint already, where one like it stands beside it or was dropped for it. */
export function keptAlready(facts: StatementFacts, on: On, wanted: Constraint): KeptBy | undefined {
  if (wanted.type === 'exclusion') return undefined;
  const [attached] = wanted.type === 'foreignKey' ? attachedKeys(facts, on, wanted) : [];
  if (attached) return { constraint: attached, there: true, ofRows: facts.operations.every(leavesRows) };
  const beside = standing(tableBefore(facts, on), wanted).filter((known) => known !== wanted && implies(known, wanted, on.table));
  const best = beside.find((known) => !isNotValid(known)) ?? beside[0];
  if (best) {
    const goes = facts.operations.some((operation) => operation.type === 'dropConstraint' && operation.name === best.name);
    return { constraint: best, there: !goes, ofRows: !isNotValid(best) && facts.operations.every(leavesRows) };
  }
  const gone = facts.gone.like(on, wanted);
  if (!gone || !implies(gone.constraint, wanted, on.table)) return undefined;
  // A column of that name that the change has made is another one.
  if (wanted.columns?.some((column) => facts.made.has(columnText(columnOn(on, column))))) return undefined;
  return { constraint: gone.constraint, there: false, ofRows: gone.held && !isNotValid(gone.constraint) && facts.operations.every(leavesRows) };
}

/** The constraints of a table; where one that keeps rows apart is asked for, its unique indexes too. */
function standing(table: Table | undefined, { type }: Constraint): readonly Constraint[] {
  const constraints = table?.constraints ?? [];
  return type === 'unique' && table?.indexes ? [...constraints, ...table.indexes.flatMap((index) => wholeKey(index) ?? [])] : constraints;
}

type Drop = Extract<Operation, { readonly type: 'dropConstraint' | 'dropIndex' }>;
type Unique = Extract<Constraint, { readonly type: 'unique' }>;

/** The constraint that a unique index is; nothing for one over some of the rows, or over expressions. */
export function wholeKey(index: Index): Unique | undefined {
  return index.where === undefined ? keyOf(index) : undefined;
}

/** The constraint that a statement drops, which an index may be. */
export function constraintDropped(table: Table | undefined, { type, name }: Drop): Constraint | undefined {
  if (type === 'dropConstraint') return table?.constraints?.find((known) => known.name === name);
  const index = table?.indexes?.find((known) => known.name === name);
  return index && wholeKey(index);
}

/** The constraint that the keys of a unique index are; over some of the rows it asks no more. */
export function keyOf({ name, unique, keys, nullsNotDistinct }: Index): Unique | undefined {
  if (!unique) return undefined;
  const columns = keys.flatMap(({ column }) => column ?? []);
  if (columns.length < keys.length) return undefined;
  const key: Unique = { type: 'unique', columns };
  if (name !== undefined) key.name = name;
  if (nullsNotDistinct) key.nullsNotDistinct = true;
  return key;
}

/** Whether what keeps one constraint of a table surely keeps another. What a foreign key does to rows that lose theirs is not compared. */
export function implies(known: Constraint, wanted: Constraint, table: string): boolean {
  if (known.type === 'foreignKey' && wanted.type === 'foreignKey') {
    const waits = known.deferrable === 'deferred' && wanted.deferrable !== 'deferred';
    const stricter = wanted.match === 'full' && known.match !== 'full' && wanted.columns.length > 1;
    return !waits && !stricter && samePairs(known, wanted);
  }
  if (known.type === 'primaryKey' || known.type === 'unique') {
    if (wanted.type !== 'unique' && (wanted.type !== 'primaryKey' || known.type === 'unique')) return false;
    const waits = known.deferrable === 'deferred' && wanted.deferrable !== 'deferred';
    const ofNulls = wanted.type === 'unique' && wanted.nullsNotDistinct && known.type === 'unique' && !known.nullsNotDistinct;
    return !waits && !ofNulls && known.columns.every((column) => wanted.columns.includes(column));
  }
  if (known.type !== 'check' || wanted.type !== 'check') return false;
  const rules = conditionsOf(known, table);
  return conditionsOf(wanted, table).every((asked) => rules.some((rule) => impliesOne(rule, asked)));
}

/** One of the conditions of a check, which hold together. */
interface Condition {
  readonly text: string;
  readonly allowed: ReturnType<typeof allowedValues>;
  readonly comparison: ReturnType<typeof comparisonIn>;
}

/** The same for one condition: of the same text, of a list of values, or of a bound. Of NULL both say nothing. */
function impliesOne(rule: Condition, asked: Condition): boolean {
  if (rule.text === asked.text) return true;
  const { allowed, comparison: known } = rule;
  if (allowed) return ['NULL', ...allowed.values].every((value) => holds(asked.text, new Map([[allowed.column, value]])));
  const wanted = asked.comparison;
  if (!known || !wanted || known.column !== wanted.column) return false;
  const [from, to] = [known.number, wanted.number];
  switch (known.operator) {
    case '>':
    case '>=': {
      const beyond = known.operator === '>' ? from >= to : from > to;
      return wanted.operator === '>=' ? from >= to : (wanted.operator === '>' || wanted.operator === '<>') && beyond;
    }
    case '<':
    case '<=': {
      const beyond = known.operator === '<' ? from <= to : from < to;
      return wanted.operator === '<=' ? from <= to : (wanted.operator === '<' || wanted.operator === '<>') && beyond;
    }
    case '=':
      return holds(asked.text, new Map([[known.column, String(from)]]));
    default:
      return false;
  }
}

// Each constraint of a table is asked whenever one is added there: what is read of it is kept.
const conditions = new WeakMap<Check, readonly Condition[]>();

function conditionsOf(check: Check, table: string): readonly Condition[] {
  const known = conditions.get(check);
  if (known) return known;
  const read = conjuncts(plain(check.expression, table)).map((part): Condition => {
    const text = part.trim();
    return { text, allowed: allowedValues(text), comparison: comparisonIn(text) };
  });
  conditions.set(check, read);
  return read;
}

/** Whether an operation leaves rows and their values as they are. */
export function leavesRows({ type }: Operation): boolean {
  return quiet.has(type);
}

const quiet: ReadonlySet<Operation['type']> = new Set([
  'addColumn',
  'addConstraint',
  'createIndex',
  'createTable',
  'dropConstraint',
  'dropDefault',
  'dropIndex',
  'dropNotNull',
  'renameConstraint',
  'setComment',
  'setDefault',
  'setNotNull',
  'setSetting',
  'validateConstraint',
]);

/** Whether the same columns refer to the same ones, whatever their order. Without columns it is the primary key. */
function samePairs({ columns, references }: ForeignKey, other: ForeignKey): boolean {
  if (references.table !== other.references.table || references.schema !== other.references.schema || columns.length !== other.columns.length) return false;
  return columns.every((column, place) => {
    const otherPlace = other.columns.indexOf(column);
    const [target, otherTarget] = [references.columns?.[place], other.references.columns?.[otherPlace]];
    return otherPlace >= 0 && target === otherTarget && (target !== undefined || place === otherPlace);
  });
}

/** An expression without what is written in one way or another: space between words, and the table of a column. Texts stay as they are. */
function plain(expression: string, table: string): string {
  const parts = new RegExp(`('(?:[^']|'')*')|(?:"${escaped(table)}"|\\b${escaped(table)})\\.|(\\s+)`, 'gi');
  return expression.replace(parts, (_, text: string | undefined, space: string | undefined) => text ?? (space === undefined ? '' : ' ')).trim();
}
