import type { Operation, PlannedStatement, Snapshot, Statement } from '@planwright/spec';
import { named, type ObjectName } from '../names.js';
import type { Act } from '../survey.js';
import type { Effect } from './effect.js';

/** The schema before the change, whole, and what the change touches of it afterwards. */
interface Ends {
  readonly before: Snapshot | undefined;
  readonly after: Snapshot | undefined;
}

const unnoticed = { breaking: false, needsNew: false, data: 'safe', risk: 'low' } as const;

/**
 * The effect of an operation of the sequence, seen from what was asked for. A step of a rule works with helpers that no release knows, copies values before it
 * drops a column, and proves what it then requires: the operation alone would be judged too hard. A statement that runs as written is judged as it is.
 */
export function ofStep(
  effect: Effect,
  operation: Operation,
  statement: PlannedStatement | Statement,
  asked: readonly Act<{ readonly id: string }>[],
  ends: Ends,
): Effect {
  if (!('rule' in statement) || statement.rule === undefined || effect.kind === 'none' || effect.kind === 'unknown') return effect;
  const { noBridge: _, code: __, dataReason: ___, ...rest } = effect;
  const own = asked.filter((act) => 'id' in act.statement && act.statement.id !== undefined && act.statement.id === statement.from);
  if (isHelper(operation, ends)) {
    // A check that proves something goes again, but refuses at once what the change forbids.
    const forbids =
      operation.type === 'addConstraint' ? own.find((act) => act.effect.breaking && ['setNotNull', 'addConstraint'].includes(act.operation.type)) : undefined;
    const { data, risk } = unnoticed;
    // A trigger refuses what the new type cannot hold, whoever writes it.
    if (operation.type === 'createTrigger' && effect.breaking) return { ...withoutBridge(effect), data, risk: 'medium' };
    // The rows that the change itself would trip over are met where the proof reads them.
    const meets = operation.type === 'validateConstraint' && effect.data === 'may fail' && own.some((act) => act.effect.data === 'may fail');
    if (meets) return { ...rest, ...unnoticed, data: effect.data, ...(effect.dataReason === undefined ? {} : { dataReason: effect.dataReason }) };
    if (!forbids) return { ...rest, ...unnoticed };
    // A new column that may not be NULL is left out by code that does not know it: the check alone does not tell.
    return { ...withoutBridge(effect.breaking ? effect : { ...effect, ...reasonOf(forbids.effect), breaking: true }), data, risk: effect.risk ?? risk };
  }
  switch (operation.type) {
    case 'dropColumn': {
      // What nobody asked to drop has been copied into the column that replaces it.
      const wanted = asked.find(({ operation: one }) => one.type === 'dropColumn' && one.column === operation.column && named(one) === named(operation));
      return wanted ? { ...effect, ...withoutBridge(wanted.effect) } : { ...rest, data: 'safe', risk: 'medium', ...reasonOf(effect) };
    }
    case 'renameColumn':
    case 'alterColumnType': {
      const cause = own.find((act) => act.effect.breaking);
      return {
        ...rest,
        data: 'safe',
        ...(cause ? { ...reasonOf(cause.effect), breaking: true, risk: 'medium' as const } : { breaking: false, risk: 'low' as const }),
      };
    }
    case 'setNotNull':
    case 'validateConstraint':
    case 'addConstraint':
    case 'createIndex': {
      // Each partition has its own already, which this one takes over.
      const ofParts =
        (operation.type === 'createIndex' && operation.only === true) ||
        (operation.type === 'addConstraint' &&
          operation.constraint.type === 'foreignKey' &&
          !operation.constraint.notValid &&
          statement.verdicts?.data?.outcome === 'safe');
      if (ofParts) return { ...rest, ...unnoticed };
      // NOT VALID looks at no row that exists; an index that is not unique takes any.
      const passes =
        (operation.type === 'addConstraint' && 'notValid' in operation.constraint && operation.constraint.notValid) ||
        (operation.type === 'createIndex' && !operation.index.unique);
      // A step may stand for several statements, and one statement ask for several things.
      const wanted = asked.filter((act) => asksFor(act.operation, operation));
      const cause = passes || effect.data === 'safe' ? undefined : (wanted.length > 0 ? wanted : own).find((act) => act.effect.data === 'may fail');
      const breaks = own.find((act) => act.effect.breaking);
      return {
        ...rest,
        ...(cause
          ? { data: 'may fail' as const, ...(cause.effect.dataReason === undefined ? {} : { dataReason: cause.effect.dataReason }) }
          : { data: 'safe' as const }),
        ...(breaks && effect.breaking ? reasonOf(breaks.effect) : { breaking: effect.breaking === true && breaks !== undefined }),
      };
    }
    default:
      return withoutBridge(effect);
  }
}

/** Whether an operation of the change asks for what one of the sequence does. */
function asksFor(asked: Operation, operation: Extract<Operation, { type: 'setNotNull' | 'validateConstraint' | 'addConstraint' | 'createIndex' }>): boolean {
  if (!('table' in asked) || typeof asked.table !== 'string' || named({ ...asked, table: asked.table }) !== named(operation)) return false;
  switch (operation.type) {
    case 'setNotNull':
      return asked.type === 'addColumn' ? asked.column.name === operation.column : asked.type === 'setNotNull' && asked.column === operation.column;
    case 'createIndex':
      return asked.type === 'createIndex' && asked.index.name === operation.index.name;
    default: {
      const name = operation.type === 'validateConstraint' ? operation.name : operation.constraint.name;
      return (
        name !== undefined && (asked.type === 'addConstraint' ? asked.constraint.name === name : asked.type === 'validateConstraint' && asked.name === name)
      );
    }
  }
}

/** Two releases can stand on both sides of a step: that is what it is for. */
function withoutBridge({ noBridge: _, ...effect }: Effect): Effect {
  return effect;
}

function reasonOf({ code }: Effect): Pick<Effect, 'code'> {
  return code === undefined ? {} : { code };
}

/** Whether an operation is about what is neither there before the change nor after it: a copy, a progress table, a trigger, a check that proves something. */
function isHelper(operation: Operation, { before, after }: Ends): boolean {
  const there = (snapshot: Snapshot | undefined, table: ObjectName) =>
    snapshot?.tables.find((one) => one.name === table.table && (one.schema ?? 'public') === (table.schema ?? 'public'));
  const column = (table: ObjectName, name: string): boolean =>
    ![there(before, table), there(after, table)].some((one) => one?.columns.some((candidate) => candidate.name === name));
  // The table may have another name by now than on either side.
  const constraint = (name: string | undefined): boolean =>
    ![before, after].some((snapshot) => snapshot?.tables.some((one) => one.constraints?.some((candidate) => candidate.name === name)));
  switch (operation.type) {
    case 'addColumn':
      return column(operation, operation.column.name);
    case 'dropColumn':
    case 'setNotNull':
    case 'dropNotNull':
    case 'setDefault':
    case 'dropDefault':
      return column(operation, operation.column);
    case 'renameColumn':
      // The old name goes to a copy, or a copy takes it: the second half of a swap is no event of its own.
      return column(operation, operation.column);
    case 'addConstraint':
      return operation.constraint.name !== undefined && constraint(operation.constraint.name);
    case 'validateConstraint':
    case 'dropConstraint':
      return constraint(operation.name);
    case 'renameConstraint':
      return constraint(operation.name) && constraint(operation.to);
    case 'createTable':
      return !there(before, { ...operation.table, table: operation.table.name }) && !there(after, { ...operation.table, table: operation.table.name });
    case 'dropTable':
      return !there(before, operation);
    case 'createRoutine':
    case 'dropRoutine': {
      const name = operation.type === 'createRoutine' ? operation.routine.name : operation.name;
      return ![before, after].some((snapshot) => snapshot?.routines?.some((routine) => routine.name === name));
    }
    case 'createTrigger':
    case 'dropTrigger': {
      const name = operation.type === 'createTrigger' ? operation.trigger.name : operation.name;
      return ![there(before, operation), there(after, operation)].some((one) => one?.triggers?.some((trigger) => trigger.name === name));
    }
    default:
      return false;
  }
}
