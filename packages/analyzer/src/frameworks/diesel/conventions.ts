import { pathIn } from '../../layouts/paths.js';
import type { Conventions } from '../framework.js';
import { stampOf } from '../planned-names.js';
import { takeBackAll } from '../take-back.js';

export const conventions: Conventions = {
  framework: {
    id: 'diesel',
    name: 'Diesel',
    heading: 'Diesel (Rust)',
    tool: 'diesel migration run',
    hasDown: true,
    recordsFailure: false,
    naming: 'YYYY-MM-DD-HHMMSS_<name>/up.sql and down.sql',
    migrationsGlob: 'migrations/*/up.sql',
    autogeneratesRename: true,
    transaction: 'Diesel runs each migration in a transaction, unless its metadata.toml says `run_in_transaction = false`.',
    goingBack: '`diesel migration revert` runs the down.sql of the newest migration.',
    documentation: { title: 'Diesel CLI', url: 'https://diesel.rs/guides/getting-started', topic: 'framework' },
    codeFence: 'sql',
  },
  runs: 'transaction',
  noTransaction: '`run_in_transaction = false` in metadata.toml',
  file: (planned) => {
    const [, year, month, day, time] = /^(\d{4})(\d{2})(\d{2})(\d{6})$/.exec(stampOf(planned)) ?? [];
    const folder = pathIn(planned.folder, `${year}-${month}-${day}-${time}_${planned.name}`);
    return { file: `${folder}/up.sql`, downFile: `${folder}/down.sql` };
  },
  commands: ({ name, migrations }) => [
    { purpose: 'generate', scope: 'development', title: 'Generate migration', command: `diesel migration generate ${name}` },
    { purpose: 'apply', scope: 'any', title: 'Apply migrations', command: 'diesel migration run', note: 'It applies every pending migration.' },
    ...takeBackAll(migrations, (runs) => `diesel migration revert${runs.length > 1 ? ` -n ${runs.length}` : ''}`, { counts: true }),
    { purpose: 'rollback all', scope: 'development', title: 'Revert all migrations', command: 'diesel migration revert --all' },
    { purpose: 'status', scope: 'any', title: 'List migrations and whether each is applied', command: 'diesel migration list' },
    { purpose: 'reset', scope: 'development', title: 'Reset database', command: 'diesel database reset', note: 'It drops all data.' },
    { purpose: 'models', scope: 'development', title: 'Write schema.rs anew', command: 'diesel print-schema' },
  ],
};
