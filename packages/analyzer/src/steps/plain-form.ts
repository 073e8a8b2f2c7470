import type { Operation, Snapshot, Verdicts } from '@planwright/spec';
import { blocksWriters } from '../lock-facts/postgresql/lock-list.js';
import { type Answer, tableOn, tableSql, written } from './asked.js';
import type { Step } from './step.js';

/** An operation that is brief, cannot fail and breaks nobody goes with the others of its statement. */
export function isHarmless({ lock, code, data }: Verdicts, operation: Operation): boolean {
  if (!lock || !code || operation.type === 'updateRows' || operation.type === 'setIdentity') return false;
  const slow = lock.locks.some(({ held, mode }) => held !== 'brief' && blocksWriters(mode));
  return !slow && !code.breaksOld && (data === undefined || data.outcome === 'safe') && operation.type !== 'createIndex';
}

/** An operation as it is; nothing where it cannot be written. */
export function plainForm(operation: Operation, before: Snapshot): Answer | undefined {
  const statements = written(operation, before);
  if (!statements) return undefined;
  const on = tableOn(operation);
  const prefix = on ? `ALTER TABLE ${tableSql(on)} ` : undefined;
  const joins =
    operation.type === 'addColumn' ||
    operation.type === 'dropNotNull' ||
    operation.type === 'setDefault' ||
    operation.type === 'dropDefault' ||
    operation.type === 'addConstraint';
  return {
    steps: statements.map(
      (sql): Step =>
        on && prefix && joins && sql.startsWith(prefix)
          ? { kind: 'alter', stage: operation.type === 'addConstraint' ? 'constraints not valid' : 'add columns', table: on, action: sql.slice(prefix.length) }
          : { kind: 'statement', stage: 'add columns', ...(on ? { table: on } : {}), sql },
    ),
  };
}
