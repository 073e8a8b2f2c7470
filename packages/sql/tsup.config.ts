import { library } from '../../tsup.shared.js';

const shared = library({
  index: 'src/index.ts',
  postgresql: 'src/databases/postgresql/index.ts',
  mysql: 'src/databases/mysql/index.ts',
  sqlite: 'src/databases/sqlite/index.ts',
});

export default {
  ...shared,
  // The subpaths stay imports of their own, so that the entry carries no grammar.
  external: [/^@planwright\/sql\//],
  // Its ES modules name each other without extensions, which Node refuses; a bundle does not care.
  noExternal: ['dt-sql-parser', 'antlr4ng'],
};
