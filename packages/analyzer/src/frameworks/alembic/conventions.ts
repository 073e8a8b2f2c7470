import { pathIn } from '../../layouts/paths.js';
import type { Conventions } from '../framework.js';

export const conventions: Conventions = {
  framework: {
    id: 'alembic',
    name: 'Alembic',
    heading: 'Alembic (Python)',
    tool: 'alembic upgrade head',
    hasDown: true,
    recordsFailure: false,
    fileFunctions: ['upgrade()', 'downgrade()'],
    naming: '<revision>_<name>.py',
    migrationsGlob: 'alembic/versions/*.py',
    autogeneratesRename: true,
    transaction: 'Alembic runs all pending revisions in one transaction, or each in its own with `transaction_per_migration`; `autocommit_block()` leaves it.',
    runsTogether: true,
    goingBack: '`alembic downgrade` runs downgrade() of the revisions after the one that is named.',
    documentation: { title: 'Alembic', url: 'https://alembic.sqlalchemy.org/en/latest/', topic: 'framework' },
    codeFence: 'python',
  },
  runs: 'transaction',
  noTransaction: '`with op.get_context().autocommit_block():`',
  // The revision id is given by Alembic; until then the plan's number stands for it.
  file: ({ folder, number, name }) => ({ file: pathIn(folder, `${String(number).padStart(3, '0')}_${name}.py`) }),
  commands: ({ name }) => [
    {
      purpose: 'generate',
      scope: 'development',
      title: 'Generate migration',
      command: `alembic revision --autogenerate -m "${name}"`,
      note: 'It cannot see renames: they come out as drop and add.',
    },
    { purpose: 'apply', scope: 'any', title: 'Apply migrations', command: 'alembic upgrade head', note: 'It applies every pending revision.' },
    { purpose: 'rollback', scope: 'any', title: 'Rollback one migration', command: 'alembic downgrade -1' },
    { purpose: 'rollback all', scope: 'development', title: 'Rollback all migrations', command: 'alembic downgrade base', note: 'It drops all data.' },
    { purpose: 'current', scope: 'any', title: 'Check current revision', command: 'alembic current' },
    { purpose: 'history', scope: 'any', title: 'View migration history', command: 'alembic history' },
    { purpose: 'status', scope: 'any', title: 'Check current revision', command: 'alembic current --verbose' },
    { purpose: 'drift', scope: 'any', title: 'Compare the database with the models', command: 'alembic check' },
  ],
};
