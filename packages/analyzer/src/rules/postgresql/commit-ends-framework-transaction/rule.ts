import { rule } from '../../rule.js';

export default rule({
  verdict: 'lock',
  title: "COMMIT ends the framework's own transaction early",
  why: 'The framework has begun a transaction for the whole file. A COMMIT or ROLLBACK in it ends that one: what follows runs statement by statement, a failure there is not taken back, and the framework records what it believes to be whole.',
  instead: 'Leave the transaction to the framework, or mark the file as one that runs outside of it and write BEGIN and COMMIT.',
  sources: ['https://www.postgresql.org/docs/current/sql-commit.html'],
  on: ['controlTransaction'],
  find: ({ operation, transaction }) => {
    if ((operation.action !== 'commit' && operation.action !== 'rollback') || !transaction.inside) return undefined;
    // With a BEGIN of its own the file may be run by hand; what counts is what stands outside.
    const next = transaction.next('work');
    if (!next || next.operations.some((one) => one.type === 'controlTransaction') || transaction.madeEarlier('begin')) return undefined;
    return { message: `${operation.action.toUpperCase()} ends the transaction that the framework has begun: what follows in this file runs without one.` };
  },
});
