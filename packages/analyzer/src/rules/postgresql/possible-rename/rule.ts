import { mentions } from '../../../expression-names.js';
import { columnBefore, isOld, onTableText } from '../../../verdicts/statement-facts.js';
import { likeKey } from '../../change-index.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'A column is dropped and one like it added: possibly a rename',
  why: 'A rename that is written as DROP and ADD, as tools that compare schemas do, loses every value: the new column starts empty.',
  instead:
    'If it is a rename, add the new column first, copy the values in batches, let both be written until no release uses the old name, and only then drop it.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html'],
  on: ['dropColumn'],
  find: ({ operation, facts, change }) => {
    const relation = onTableText(operation);
    const column = columnBefore(facts, operation);
    if (!column || !isOld(facts, operation) || facts.made.has(`${relation}.${operation.column}`)) return undefined;
    const { likeColumns, filledColumns } = change.index;
    const like = likeColumns.get(likeKey(relation, column.type)).find(({ what }) => what.name !== operation.column);
    if (!like) return undefined;
    // Where the change copies the values itself, they are not lost.
    const copied = filledColumns.get(relation).some(({ what: [name, value] }) => name === like.what.name && mentions(value, operation.column));
    if (copied) return undefined;
    return {
      relation,
      message: `\`${relation}.${operation.column}\` is dropped and \`${like.what.name}\`, of the same type ${like.what.type}, is added: if that is a rename, its values are lost.`,
    };
  },
});
