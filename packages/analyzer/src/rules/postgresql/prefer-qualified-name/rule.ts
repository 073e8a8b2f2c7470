import { bareSql } from '../../../bare-sql.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'advice',
  title: 'A table without its schema is found by search_path',
  why: 'Which table is meant depends on the session that runs the migration.',
  instead: 'Write schema and name: `public.orders`.',
  sources: ['https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATH'],
  on: ['createTable'],
  find: ({ operation, statement }) => {
    if (
      operation.table.schema !== undefined ||
      operation.table.persistence === 'temporary' ||
      /^\s*create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?[\w"]+\s*\./i.test(bareSql(statement.sql, { keepNames: true }))
    )
      return undefined;
    return { relation: operation.table.name, message: `\`${operation.table.name}\` is made in whatever schema comes first in search_path.` };
  },
});
