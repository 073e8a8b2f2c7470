import { beforeEach, describe, expect, it } from 'vitest';
import { everything, guesthouse, inOwnFolder, run, write } from './fixtures/run.js';

inOwnFolder();
beforeEach(() => write(guesthouse));

const escapes = /\u001b\[/;

describe('wrong usage', () => {
  it.each([
    [['plna'], 'Did you mean plan?'],
    [['plan', '--templat', 'tracker'], 'Did you mean --template?'],
    [['plan', '--format', 'yaml'], 'Allowed choices are text, json.'],
    [['plan', '--now', 'yesterday'], 'Expected a time in ISO 8601, such as 2026-11-20T10:30:00Z.'],
    [['render'], "missing required argument 'context'"],
    [['explain', 'targt.version'], "did you mean 'target.version'?"],
    [['explain', 'unknwon-key'], "did you mean 'unknown-key'?"],
    [['explain', 'tracker/sumary'], "did you mean 'summary'?"],
    [['explain', 'nonsense'], 'Sections are written as template/section, fields as target.version.'],
  ])('%j is told what was meant', async (args, hint) => {
    const before = everything();
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(hint);
    expect(everything()).toEqual(before);
  });

  it('without a command shows what there is', async () => {
    expect(await run([])).toMatchObject({ code: 2, err: expect.stringContaining('Usage: planwright') });
  });
});

describe('help', () => {
  it.each([
    ['plan', '[paths...]'],
    ['render', '<context>'],
    ['validate', '<context>'],
    ['list', '[path]'],
    ['explain', '<subject>'],
    ['override', '<template> [section]'],
    ['new template', '<name>'],
  ])('of %s names its arguments and shows an example', async (command, usage) => {
    const { code, out } = await run([...command.split(' '), '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: planwright ${command} [options] ${usage}`);
    expect(out).toContain('Arguments:');
    expect(out).toMatch(new RegExp(`\\$ planwright ${command}`));
  });

  it('and version are no errors', async () => {
    expect((await run(['--help'])).code).toBe(0);
    expect(await run(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it('of a shell is its completion', async () => {
    const said: unknown[] = [];
    const log = console.log;
    console.log = (...words) => void said.push(...words);
    try {
      expect((await run(['complete', 'bash'])).code).toBe(0);
    } finally {
      console.log = log;
    }
    expect(said.join('\n')).toContain('bash completion for planwright');
  });
});

describe('--format json', () => {
  it('is JSON alone on standard output, also when the plan is refused', async () => {
    const done = await run(['plan', '--format', 'json']);
    expect(done.code).toBe(0);
    expect(JSON.parse(done.out)).toMatchObject({
      context: { title: 'Guest email' },
      files: [{ path: 'planwright-out/migration-plan.md', state: 'written' }, {}],
    });
    write({ 'migrations/003_phone.sql': 'ALTER TABEL guests;\n' });
    const refused = await run(['plan', '--format', 'json']);
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.out).issues.find(({ code }: { readonly code: string }) => code === 'sql-syntax')).toMatchObject({
      file: 'migrations/003_phone.sql',
      line: 1,
      column: 7,
    });
    expect(refused.err).toContain('(sql-syntax)');
  });

  it('lists templates and migrations', async () => {
    expect(JSON.parse((await run(['list', '.', '--format', 'json'])).out)).toMatchObject({
      target: { database: 'postgresql' },
      migrations: [{ id: '001_guests', up: 'migrations/001_guests.sql' }, { id: '002_guest_email' }],
    });
  });
});

describe('the summary', () => {
  it('has colours on a terminal, and none in a pipe or where NO_COLOR is set', async () => {
    expect((await run(['plan'], { tty: true })).err).toMatch(escapes);
    const piped = await run(['plan']);
    expect(piped.out + piped.err).not.toMatch(escapes);
    const plain = await run(['plan'], { tty: true, env: { NO_COLOR: '1' } });
    expect(plain.out + plain.err).not.toMatch(escapes);
    expect((await run(['plan'], { env: { FORCE_COLOR: '1' } })).err).toMatch(escapes);
  });

  it.each([80, 120])('keeps to %i columns', async (columns) => {
    const { err } = await run(['plan', '--template', 'all'], { tty: true, columns, env: { NO_COLOR: '1' } });
    expect(err).toMatch(/^ {2}Guest email /m);
    expect(
      Math.max(
        ...err
          .split('\n')
          .filter((line) => !/^(warning|.*\u001b)/.test(line))
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(columns);
  });

  it('names files once where both streams are one screen, and on standard output for who goes on with them', async () => {
    expect((await run(['plan'], { tty: true })).out).toBe('');
    expect((await run(['plan'])).out).toBe('planwright-out/migration-plan.md\nplanwright-out/migration-plan.json\n');
  });
});

describe('explain', () => {
  it('tells of a field, a code and a template', async () => {
    expect((await run(['explain', 'target.version'])).out).toContain('Version of the database that runs in production.');
    expect((await run(['explain', 'Q-delegation-assignee'])).out).toContain('Asked when it is missing: Who carries out the work?');
    expect((await run(['explain', 'Q-migration-001-purpose'])).out).toContain('sequence.migrations.purpose');
    expect((await run(['explain', 'unknown-key'])).out).toContain('The schema has no such key in this place.');
    expect((await run(['explain', 'tracker'])).out).toContain('migration-plan.md');
  });
});

describe('list', () => {
  it('names the templates, and the migrations of a project with their framework', async () => {
    expect((await run(['list'])).out).toMatch(/^spec-flow .*\n/);
    const { code, out, err } = await run(['list', '.']);
    expect(code).toBe(0);
    expect(out).toBe('001_guests  migrations/001_guests.sql\n002_guest_email  migrations/002_guest_email.sql\n');
    expect(err).toContain('2 migrations in migrations\n');
  });
});
