import { library } from '../../tsup.shared.js';

export default library({
  index: 'src/index.ts',
  postgresql: 'src/databases/postgresql/index.ts',
  mysql: 'src/databases/mysql/index.ts',
  sqlite: 'src/databases/sqlite/index.ts',
});
