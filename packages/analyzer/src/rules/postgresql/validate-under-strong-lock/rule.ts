import { blocksWriters } from '../../../lock-facts/postgresql/lock-list.js';
import { isNotValid } from '../../../not-valid.js';
import { isOld, onTableText, tableBefore } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'lock',
  title: 'VALIDATE CONSTRAINT reads the table while a stronger lock is held',
  why: 'By itself VALIDATE CONSTRAINT holds SHARE UPDATE EXCLUSIVE, and nobody waits. In one transaction with the `ADD … NOT VALID`, or beside another action of the same ALTER TABLE, the stronger lock of the other is held until the last row has been read: nothing is gained.',
  instead: 'Commit between the two: `ADD CONSTRAINT … NOT VALID` in one migration, `VALIDATE CONSTRAINT` alone in the next.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
    'https://www.postgresql.org/docs/current/explicit-locking.html',
  ],
  on: ['validateConstraint'],
  find: (input) => {
    const { operation, facts, transaction, lock, target } = input;
    const relation = onTableText(operation);
    if (!isOld(facts, operation) || target.stats.get(relation)?.rows === 0) return undefined;
    const constraint = tableBefore(facts, operation)?.constraints?.find(({ name }) => name === operation.name);
    // What is valid already is not tried again. One that is not known may be.
    if (constraint && !isNotValid(constraint)) return undefined;
    const own = lock?.locks.find((held) => held.relation === relation && blocksWriters(held.mode));
    // The lists of a transaction are walked only where something in it holds up writers.
    const held = own ?? (transaction.blocking ? transaction.held.find((earlier) => earlier.relation === relation && blocksWriters(earlier.mode)) : undefined);
    if (!held) return undefined;
    const where = own ? 'another part of the same ALTER TABLE' : 'an earlier statement of the same transaction';
    return { relation, message: `Every row of \`${relation}\` is read to validate \`${operation.name}\` while ${where} holds ${held.mode}.` };
  },
});
