import { rule } from '../../rule.js';

export default rule({
  verdict: 'advice',
  title: 'What failed halfway cannot be run again',
  why: 'Outside of a transaction the statements before a failure stay done, and the next run stops at the first of them because it is there already.',
  instead:
    'Give it IF NOT EXISTS or IF EXISTS, or a migration of its own; an index built CONCURRENTLY is dropped first instead, for a failed one is left INVALID.',
  sources: ['https://www.postgresql.org/docs/current/sql-createtable.html'],
  on: ['createTable', 'addColumn', 'dropTable', 'dropColumn', 'createView', 'createSchema', 'createExtension', 'addEnumValue'],
  find: ({ operation, transaction }) => {
    if (transaction.mode === 'transactional' || transaction.alone) return undefined;
    const guarded =
      ('ifNotExists' in operation && operation.ifNotExists) ||
      ('ifExists' in operation && operation.ifExists) ||
      ('orReplace' in operation && operation.orReplace);
    return guarded ? undefined : { message: 'It runs outside of a transaction and fails when it is run again after a later statement has failed.' };
  },
});
