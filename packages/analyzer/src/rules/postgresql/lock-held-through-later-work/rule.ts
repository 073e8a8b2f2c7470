import { blocksWriters } from '../../../lock-facts/postgresql/lock-list.js';
import { changesManyRows } from '../../../verdicts/postgresql/bulk-rows.js';
import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

/** What may write or read many rows under locks that tell nothing of it. */
const worksWithoutLock: ReadonlySet<string> = new Set(['updateRows', 'deleteRows', 'insertRows', 'createTable']);

export default rule({
  verdict: 'lock',
  title: 'A lock is held while other work goes on',
  why: 'A lock lasts until COMMIT. What runs after it in the same transaction and reads or writes many rows makes everybody wait who needs the first table, however brief that statement was.',
  instead: 'Give the statement that takes the strong lock a transaction of its own, and the long work another.',
  sources: ['https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES'],
  on: 'statement',
  find: ({ statement, facts, around, lock, transaction }) => {
    const { blocking } = transaction;
    // Most statements work through nothing.
    if (!blocking || (!lock?.rewrites && !lock?.scans && !statement.operations.some(({ type }) => worksWithoutLock.has(type)))) return undefined;
    const bulk = statement.operations.some(
      (operation) => (operation.type === 'updateRows' || operation.type === 'deleteRows') && changesManyRows(around, operation),
    );
    const copies = statement.operations.some(
      (operation) => (operation.type === 'insertRows' && operation.from !== undefined) || (operation.type === 'createTable' && operation.asQuery !== undefined),
    );
    const rowsOnly = statement.operations.every(({ type }) => type === 'updateRows' || type === 'deleteRows' || type === 'insertRows' || type === 'mergeRows');
    const worked = rowsOnly ? [] : [...(lock?.rewrites ?? []), ...(lock?.scans ?? [])].filter((relation) => !facts.made.has(relation));
    if (!bulk && !copies && worked.length === 0) return undefined;
    // What is itself done under a lock that holds up writers is found for that.
    const strong = lock?.locks.find(({ relation, mode }) => worked.includes(relation) && blocksWriters(mode));
    if (strong) {
      // The same lock on the same table is no news; another table, or readers held up who were not, is.
      if (strong.relation === blocking.lock.relation || strong.mode === 'ACCESS EXCLUSIVE') return undefined;
    }
    // NOT VALID and VALIDATE in one transaction has a rule of its own.
    const validated = statement.operations.flatMap((operation) => (operation.type === 'validateConstraint' ? [operation.name] : []));
    if (
      validated.length > 0 &&
      blocking.by.operations.some((operation) => operation.type === 'addConstraint' && validated.includes(operation.constraint.name ?? ''))
    )
      return undefined;
    const { relation, mode } = blocking.lock;
    const written = statement.operations.flatMap((operation) =>
      operation.type === 'updateRows' || operation.type === 'deleteRows' || operation.type === 'insertRows' ? [onTableText(operation)] : [],
    );
    const names = (worked.length > 0 ? worked : written).map((name) => `\`${name}\``).join(', ');
    const what =
      names === '' ? 'a query is run' : worked.length > 0 ? `${names} ${worked.length === 1 ? 'is' : 'are'} worked through` : `rows of ${names} are written`;
    return { relation, message: `${mode} on \`${relation}\` is held from an earlier statement of the transaction while ${what}.` };
  },
});
