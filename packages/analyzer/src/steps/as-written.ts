import type { Operation } from '@planwright/spec';
import { calls, lastPart, mentions, mentionsColumn } from '../expression-names.js';
import { viewsGone } from '../lock-facts/postgresql/lost.js';
import { columnText, onTableText } from '../verdicts/statement-facts.js';
import { columnIn } from './asked.js';
import { codeApart } from './code-apart.js';
import { isKey, keysMade, keysReferenced, referenced } from './keys-between.js';
import type { PlacedStatement } from './placed-statement.js';
import { quickReason } from './quick.js';
import { isLastOnRows, type RowOrder, worksOnRows, writesRows } from './row-order.js';
import type { Step, WrittenStep } from './step.js';
import type { Successions } from './succession.js';
import { constraintGivenUp, constraintTaken, namesGivenUp, namesTaken } from './taken-names.js';
import type { WholeChange } from './whole-change.js';
import type { Wishes } from './wishes.js';

/** What others know that has a bearing on where a statement goes. */
export interface Bearing {
  /** It waits for a release, whatever it does itself. */
  readonly waits: boolean;
  /** Its rows hold values that are possible once an old column is gone, and nobody needs them before. */
  readonly last: boolean;
  /** Steps stand for a statement before it. */
  readonly behindSteps: boolean;
}

/** The stages in which what points at a new key can be made. */
type BehindKeys = 'follow' | 'follow for release';

/** Statements that stay as written among the steps of others: where each goes, and what has to wait with it. */
export class AsWritten {
  readonly #change: WholeChange;
  readonly #wishes: Wishes;
  readonly #rows: RowOrder;
  /** Names that statements make which wait for a release; what needs one waits too. */
  readonly #late = new Set<string>();
  /** Columns (`orders.total`) that get another type in a release to come. */
  readonly #lateTypes = new Set<string>();
  /** Names that such statements give up: what takes one waits too. */
  readonly #freedLate = new Set<string>();
  /** Constraints (`orders.orders_total_check`) that they make: what validates or drops one waits too. */
  readonly #lateConstraints = new Set<string>();
  /** Tables that get a key in a release to come: a foreign key that may rest on it waits too. */
  readonly #lateKeys = new Set<string>();
  /** Tables that are emptied in a release to come: what is made for them before would be made for rows that go, and a key that points there forbids TRUNCATE. */
  readonly #emptied = new Set<string>();
  /** Keys that steps make (`customers email`), and names that come behind them, with the stage from which on they are there. */
  readonly #keys = new Map<string, BehindKeys>();
  readonly #behindKeys = new Map<string, BehindKeys>();
  /** Functions that are made behind what they name. */
  readonly #routines = new Set<string>();
  /** Names that come with steps, and those of them that are there before the batches run. */
  readonly #added = new Set<string>();
  readonly #addedEarly = new Set<string>();
  /** Names that go with steps. */
  readonly #removed = new Set<string>();
  /** The part of each migration that its next statement joins. */
  readonly #parts = new Map<number, number>();

  constructor(change: WholeChange, wishes: Wishes, rows: RowOrder) {
    this.#change = change;
    this.#wishes = wishes;
    this.#rows = rows;
  }

  /** Why a statement waits for a release: an earlier one makes what it needs, and does. */
  whyWaiting({ operations, text }: PlacedStatement): string | undefined {
    const name = [...this.#late].find((one) => mentions(text, one)) ?? this.#retypedLate(operations, text);
    if (name !== undefined) return `it needs \`${name}\`, which an earlier statement makes that waits for a release`;
    const key = operations.flatMap(referenced).find((one) => this.#lateKeys.has(one));
    if (key !== undefined) return `it needs a key of \`${key}\`, which an earlier statement makes that waits for a release`;
    // `REFERENCES tags (id)` looks like a call.
    const emptied = [...this.#emptied].find((one) => mentions(text, one) || calls(text, one));
    return emptied === undefined ? undefined : `an earlier statement empties \`${emptied}\`, and waits for a release`;
  }

  /** A column that a statement names and that gets another type in a release to come: what a key or an index is on is told by its columns. */
  #retypedLate(operations: readonly Operation[], text: string): string | undefined {
    if (this.#lateTypes.size === 0) return undefined;
    const named = operations.every((one) => columnsIn(one) !== undefined) ? operations.flatMap((one) => columnsIn(one) ?? []) : undefined;
    const found = named ? named.find((one) => this.#lateTypes.has(one)) : [...this.#lateTypes].find((one) => mentionsColumn(text, one));
    return found === undefined ? undefined : lastPart(found);
  }

  /** The name of an index that a statement takes, and that steps have not given up by then: the index has to go where it is dropped. */
  indexTaken({ operations }: PlacedStatement): string | undefined {
    return operations.flatMap((one) => (one.type === 'createIndex' ? namesTaken(one) : [])).find((name) => this.#removed.has(name));
  }

  /** Whether an operation takes a name that a statement gives up which waits for a release, or is about a constraint that one makes. */
  isBehindLate(operation: Operation): boolean {
    if (operation.type === 'validateConstraint' || operation.type === 'dropConstraint')
      return this.#lateConstraints.has(`${onTableText(operation)}.${operation.name}`);
    return this.#freedLate.size > 0 && [...namesTaken(operation), ...constraintTaken(operation)].some((name) => this.#freedLate.has(name));
  }

  /** Why no steps can stand for a statement: they would take a name before the steps of another have given it up. */
  whyNoSteps({ operations, text }: PlacedStatement): string | undefined {
    const name = operations.flatMap(namesTaken).find((one) => this.#removed.has(one));
    if (name !== undefined) return `an earlier statement gives up the name \`${name}\`, and this one takes it`;
    const late = [...this.#behindKeys.keys()].find((one) => mentions(text, one));
    return late === undefined ? undefined : `it needs \`${late}\`, which an earlier statement makes that waits for a key`;
  }

  /** Steps stand for a statement: its names come and go with them. */
  goesBySteps({ operations }: PlacedStatement, steps: readonly Step[], left: Successions): void {
    const forRelease = steps.some(({ stage }) => stage === 'build index for release' || stage === 'use index for release');
    for (const operation of operations) {
      for (const key of keysMade(operation)) this.#keys.set(key, forRelease ? 'follow for release' : 'follow');
      if (!left.isLeft(operation)) for (const name of namesGivenUp(operation)) this.#removed.add(name);
      for (const name of namesTaken(operation)) {
        this.#added.add(lastPart(name));
        if (operation.type === 'renameColumn' || operation.type === 'addColumn' || operation.type === 'createTable') this.#addedEarly.add(lastPart(name));
      }
    }
  }

  /** The statement in the stage where it goes. */
  step(statement: PlacedStatement, bearing: Bearing): WrittenStep {
    const { judged, id, migration } = statement;
    const code = codeApart(judged.facts, judged.statement.verdicts?.code);
    const alone = this.#alone(statement);
    const part = this.#parts.get(migration) ?? 0;
    if (alone) this.#parts.set(migration, part + 1);
    const stage = this.#stage(statement, bearing);
    // What can be taken back does not share a migration with rows that go.
    const goes = stage === 'drop old' && statement.operations.some(({ type }) => type === 'deleteRows');
    return {
      kind: 'written',
      judged,
      migration,
      part: `${part}${alone ? ' alone' : goes ? ' goes' : ''}`,
      ...(alone && { alone }),
      stage,
      ...(code?.breaksOld && {
        need: { release: `copes with this: ${code.reason === undefined ? `statement ${id} changes what code sees` : withinSentence(code.reason)}` },
      }),
    };
  }

  #stage(statement: PlacedStatement, bearing: Bearing): WrittenStep['stage'] {
    const { operations, text } = statement;
    const behind = this.#rows.placeOf(operations, text);
    const needs = [...this.#added].filter((name) => mentions(text, name));
    const calling = [...this.#routines].some((name) => calls(text, name));
    const follows = needs.length > 0 || calling || behind === 'follow';
    if (follows)
      for (const operation of operations) {
        // A trigger waits for its function, and what is said of a view for the view.
        if (operation.type === 'createRoutine') this.#routines.add(operation.routine.name);
        if (operation.type === 'createView') this.#added.add(operation.view.name);
      }
    const waits = bearing.waits || behind === 'as written for release' || this.#breaksCode(statement);
    if (waits) this.#wait(statement);
    const keys = this.#behind(statement);
    if (keys === 'follow for release') return keys;
    if (bearing.last) return 'rows after cleanup';
    // What old columns may still need goes after them.
    const removes = operations.every(({ type }) => type === 'dropType' || type === 'dropSequence' || type === 'dropRoutine');
    if (removes && bearing.behindSteps) return 'drop old';
    // Deleted rows do not come back: until nothing else remains to be done, the way back stays open.
    if (bearing.behindSteps && operations.every(({ type }) => type === 'deleteRows') && isLastOnRows(statement, this.#change.statements)) return 'drop old';
    if (waits) return 'as written for release';
    if (operations.some(worksOnRows) && !calling && needs.every((name) => this.#addedEarly.has(name)))
      return needs.length > 0 || behind ? 'rows after backfill' : 'as written';
    return follows || keys !== undefined ? 'follow' : 'as written';
  }

  /** Behind which keys a statement goes: those that it points at, or what it names does. What it makes comes no sooner. */
  #behind({ operations, text }: PlacedStatement): BehindKeys | undefined {
    const stages = [
      ...operations.flatMap(keysReferenced).flatMap((key) => this.#keys.get(key) ?? []),
      ...[...this.#behindKeys].flatMap(([name, stage]) => (mentions(text, name) ? [stage] : [])),
    ];
    const stage = stages.includes('follow for release') ? 'follow for release' : stages[0];
    if (stage !== undefined) for (const name of operations.flatMap(namesTaken)) this.#behindKeys.set(lastPart(name), stage);
    return stage;
  }

  /** Running code breaks. Where nothing takes another way, it does as soon as the change is carried out. */
  #breaksCode(statement: PlacedStatement): boolean {
    const { facts, statement: asWritten } = statement.judged;
    return codeApart(facts, asWritten.verdicts?.code)?.breaksOld === true || this.#change.given.apart.has(statement);
  }

  /** What a statement makes that waits for a release, others wait for. */
  #wait({ operations, text, judged }: PlacedStatement): void {
    this.#rows.waitsForRelease(operations, text);
    // What CASCADE takes may come again.
    for (const { name } of viewsGone(judged)) this.#freedLate.add(name);
    for (const name of operations.flatMap(namesTaken)) this.#late.add(lastPart(name));
    for (const operation of operations) {
      for (const name of [...namesGivenUp(operation), ...constraintGivenUp(operation)]) this.#freedLate.add(name);
      if (operation.type === 'addConstraint') this.#lateConstraints.add(`${onTableText(operation)}.${operation.constraint.name}`);
      if (operation.type === 'alterColumnType') this.#lateTypes.add(columnText(operation));
      if (isKey(operation)) this.#lateKeys.add(onTableText(operation));
      if (operation.type === 'truncateTable') this.#emptied.add(operation.table);
    }
  }

  /** A statement on many rows that meets a lock of an earlier one of its transaction: alone it would not. What is quick stays where it is. */
  #alone(statement: PlacedStatement): WrittenStep['alone'] {
    const { operations, findings, mode } = statement;
    if (this.#change.session || this.#wishes.zeroDowntime === false || mode !== 'transactional') return undefined;
    if (!operations.every(writesRows) || !findings.some(({ rule }) => rule === 'lock-held-through-later-work')) return undefined;
    if (quickReason(statement, this.#wishes) !== undefined) return undefined;
    const ownColumns = operations.every(
      (one) =>
        one.type === 'updateRows' && one.columns !== undefined && one.columns.every((column) => columnIn(this.#change.before, one, column) === undefined),
    );
    return { ownColumns };
  }
}

/** All columns that a key or an index is about; nothing where an expression may name more of them, and of any other operation. */
function columnsIn(operation: Operation): readonly string[] | undefined {
  if (operation.type === 'addConstraint') {
    const { constraint } = operation;
    if (constraint.type === 'check' || constraint.type === 'exclusion') return undefined;
    const own = constraint.columns.map((column) => columnText({ ...operation, column }));
    if (constraint.type !== 'foreignKey') return own;
    const { columns, ...target } = constraint.references;
    return columns && [...own, ...columns.map((column) => columnText({ ...target, column }))];
  }
  if (operation.type !== 'createIndex') return undefined;
  const { keys, where, include = [] } = operation.index;
  const columns = keys.flatMap(({ column }) => column ?? []);
  return where !== undefined || columns.length < keys.length ? undefined : [...columns, ...include].map((column) => columnText({ ...operation, column }));
}

/** A reason as a part of a sentence: without its full stop, and with the capital of a plain word gone. */
function withinSentence(reason: string): string {
  return reason.replace(/\.$/, '').replace(/^[A-Z][a-z]+ /, (word) => word.toLowerCase());
}
