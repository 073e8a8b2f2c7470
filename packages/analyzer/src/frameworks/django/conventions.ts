import { pathIn } from '../../layouts/paths.js';
import type { Conventions } from '../framework.js';
import { numberedName } from '../planned-names.js';

export const conventions: Conventions = {
  framework: {
    id: 'django',
    name: 'Django',
    heading: 'Django (Python)',
    tool: 'python manage.py migrate',
    hasDown: true,
    recordsFailure: false,
    fileFunctions: ['operations'],
    naming: 'NNNN_<name>.py',
    migrationsGlob: '*/migrations/[0-9]*.py',
    autogeneratesRename: false,
    transaction: 'Django runs each migration in a transaction, unless it says `atomic = False`.',
    goingBack: '`python manage.py migrate <app> <migration>` reverses the migrations after the one that is named.',
    documentation: { title: 'Django migrations', url: 'https://docs.djangoproject.com/en/stable/topics/migrations/', topic: 'framework' },
    codeFence: 'python',
  },
  runs: 'transaction',
  noTransaction: '`atomic = False`',
  file: (planned) => ({ file: pathIn(planned.folder, `${numberedName({ ...planned, digits: Math.max(planned.digits, 4) })}.py`) }),
  commands: ({ name }) => [
    { purpose: 'generate', scope: 'development', title: 'Generate migration', command: `python manage.py makemigrations --name ${name}` },
    { purpose: 'apply', scope: 'any', title: 'Apply migrations', command: 'python manage.py migrate', note: 'It applies every pending migration.' },
    {
      purpose: 'rollback',
      scope: 'any',
      title: 'Return to a migration',
      command: 'python manage.py migrate <app> <migration>',
      note: 'The migration is the one to return to.',
    },
    { purpose: 'status', scope: 'any', title: 'List migrations and whether each is applied', command: 'python manage.py showmigrations' },
    { purpose: 'history', scope: 'any', title: 'List migrations and whether each is applied', command: 'python manage.py showmigrations --plan' },
    { purpose: 'drift', scope: 'any', title: 'Compare the migrations with the models', command: 'python manage.py makemigrations --check --dry-run' },
    { purpose: 'reset', scope: 'development', title: 'Empty the database', command: 'python manage.py flush', note: 'It deletes all data.' },
  ],
};
