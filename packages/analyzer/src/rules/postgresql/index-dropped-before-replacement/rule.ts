import { isOld, onTableText, tableBefore } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'An index is dropped before the one that replaces it is built',
  why: 'Until the new index is there, queries that need one read the whole table, and running code times out.',
  instead: 'Build the new index first, CONCURRENTLY and under a new name; drop the old one CONCURRENTLY afterwards, and rename if the name matters.',
  sources: ['https://www.postgresql.org/docs/current/sql-createindex.html'],
  on: ['dropIndex'],
  find: ({ operation, facts, statement, change }) => {
    if (operation.table === undefined) return undefined;
    const on = { ...operation, table: operation.table };
    const relation = onTableText(on);
    if (!isOld(facts, on)) return undefined;
    const dropped = tableBefore(facts, on)?.indexes?.find(({ name }) => name === operation.name);
    if (!dropped) return undefined;
    const lead = ({ column, expression }: { readonly column?: string; readonly expression?: string }): string => column ?? expression ?? '';
    const leading = lead(dropped.keys[0] ?? {});
    const created = change.index.createdIndexes.get(relation).filter(({ what }) => what.name === dropped.name || lead(what.keys[0] ?? {}) === leading);
    if (created.some(({ by }) => by.place < statement.place)) return undefined;
    const later = created.find(({ by }) => by.place > statement.place);
    return (
      later && {
        relation,
        message: `\`${operation.name}\` is dropped before the index that replaces it${later.what.name === undefined ? '' : `, \`${later.what.name}\`,`} is built: until then queries on \`${relation}\` have none.`,
      }
    );
  },
});
