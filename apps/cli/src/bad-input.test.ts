import { symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everything, guesthouse, inOwnFolder, read, run, write } from './fixtures/run.js';

inOwnFolder();

/** The run was refused with exit code 2, said no stack, and wrote nothing. */
async function refused(args: readonly string[]): Promise<string> {
  const before = everything();
  const { code, out, err } = await run(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).not.toMatch(/^\s+at /m);
  expect(everything()).toEqual(before);
  return err;
}

describe('a path', () => {
  it('that does not exist is named', async () => {
    expect(await refused(['plan', 'services/shpo'])).toBe(
      'error services/shpo: no such file or folder (missing-path)\n  → Give the folder of a project that has migrations, or one of its migration files.\n',
    );
    expect(await refused(['list', 'services/shpo'])).toContain('error services/shpo: no such file or folder (missing-path)');
    expect(await refused(['render', 'plan.yaml'])).toBe('error plan.yaml: no such file (missing-path)\n  → Check the path.\n');
    expect(await refused(['plan', '--answers', 'answers.yaml'])).toContain('no such file');
  });

  it('of a folder is no context', async () => {
    write({ 'docs/plan.yaml': '' });
    expect(await refused(['validate', 'docs'])).toBe('error docs: this is a folder; a file was expected (unreadable-file)\n  → Give the path of a file.\n');
  });

  it('of a folder without migrations says what was looked for', async () => {
    write({ 'shop/README.md': '# Shop\n' });
    const err = await refused(['plan', 'shop']);
    expect(err).toContain('error shop: No migrations were found');
    expect(err).toContain('`migrations/<id>/migration.sql`');
  });

  it('of a file that is no migration is refused', async () => {
    write({ ...guesthouse, 'reports/busy.sql': 'SELECT count(*) FROM guests;\n' });
    expect(await refused(['plan', 'reports/busy.sql'])).toMatch(/^error .*(no-migrations|no-changed-migration)/m);
  });
});

describe('a migration', () => {
  it('of comments alone is planned, and said to be empty', async () => {
    write({ ...guesthouse, 'migrations/003_later.sql': '-- comes with the next release\n' });
    const { code, err } = await run(['plan', '--out', 'docs']);
    expect(code).toBe(0);
    expect(err).toContain('warning migrations/003_later.sql: 003_later holds no statement. (empty-migration)');
    expect(read('docs/migration-plan.md')).toContain('Later');
  });

  it('with a syntax error is shown with file, line, column and caret', async () => {
    write({ ...guesthouse, 'migrations/003_phone.sql': '-- second number\nALTER TABLE guests\n\tADD COLUMN phone text NOT NUL;\n' });
    const err = await refused(['plan']);
    expect(err).toContain('error migrations/003_phone.sql:3:28: Syntax error at "NUL"');
    expect(err).toContain('     3 | \tADD COLUMN phone text NOT NUL;\n         \t                          ^\n');
  });

  it('is placed from where the person stands', async () => {
    write({ 'services/shop/migrations/001_orders.sql': 'CREATE TABEL orders ();' });
    expect(await refused(['plan', 'services/shop'])).toContain('error services/shop/migrations/001_orders.sql:1:8: ');
  });

  it('that is not UTF-8 is a hole in the history, also when it is not the one that is planned', async () => {
    write({ ...guesthouse, 'migrations/001_guests.sql': Buffer.from('CREATE TABLE guests (id bigint);\n-- stra\xdfe\n', 'latin1') });
    expect(await refused(['plan'])).toBe('error migrations/001_guests.sql:2: this line is not UTF-8 (not-utf-8)\n  → Save the file as UTF-8.\n');
  });

  it('is planned although other SQL of the project is not UTF-8', async () => {
    write({ ...guesthouse, 'reports/streets.sql': Buffer.from('SELECT stra\xdfe;\n', 'latin1'), 'legacy.sql': Buffer.from('-- \xdf\n', 'latin1') });
    expect((await run(['plan'])).code).toBe(0);
  });

  it('with a byte order mark and CRLF has its places where an editor shows them', async () => {
    write({ ...guesthouse, 'migrations/002_guest_email.sql': '\uFEFF-- Windows\r\n\r\nALTER TABLE guests ADD COLUMN email text;\r\n' });
    const { code, out } = await run(['plan', '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(out).context.change.migrations[0].statements).toMatchObject([{ line: 3, column: 1, sql: 'ALTER TABLE guests ADD COLUMN email text' }]);
    write({ 'migrations/002_guest_email.sql': '\uFEFFALTER TABLE guests ADD COLUMN email txet[;\r\n' });
    const [place, line, caret] = (await refused(['plan'])).split('\n').slice(2);
    // The mark counts as a character of the line and takes no room: the caret stands below the bracket.
    expect(place).toMatch(/migrations\/002_guest_email\.sql:1:42: /);
    expect(line?.[caret?.indexOf('^') ?? 0]).toBe('[');
  });

  it('of ten megabytes is planned', async () => {
    const row = (id: number) => `(${id}, 'guest ${'x'.repeat(200)}')`;
    const rows = Array.from({ length: 48_000 }, (_, id) => row(id));
    const sql = `INSERT INTO guests (id, name) VALUES\n${rows.join(',\n')};\n`;
    expect(sql.length).toBeGreaterThan(10 * 1024 * 1024);
    write({ ...guesthouse, 'migrations/002_guest_email.sql': sql });
    const started = Date.now();
    expect((await run(['plan', '--template', 'dba-review'])).code).toBe(0);
    expect(Date.now() - started).toBeLessThan(60_000);
  }, 120_000);

  it('that is larger than what is read says how large it may be', async () => {
    write({ ...guesthouse, 'migrations/003_import.sql': new Uint8Array(65 * 1024 * 1024).fill(32) });
    expect(await refused(['plan'])).toBe(
      'error migrations/003_import.sql: the file has 65 MB; up to 64 MB are read (file-too-large)\n  → Split it, or plan without 003_import.sql.\n',
    );
  });

  it('that is a link to nowhere is no migration', async () => {
    write(guesthouse);
    symlinkSync('nowhere.sql', 'migrations/003_gone.sql');
    expect((await run(['plan', '--format', 'json'])).code).toBe(0);
  });

  it('with a password is planned; the password is in no document and not on the screen', async () => {
    write({ ...guesthouse, 'migrations/003_feed.sql': "CREATE SUBSCRIPTION feed CONNECTION 'host=db user=feed password=s3cr3t-feed' PUBLICATION guests;\n" });
    const { code, err, out } = await run(['plan', '--template', 'all', '--out', 'docs']);
    expect(code).toBe(0);
    expect(err).toContain('warning migrations/003_feed.sql:1:');
    expect(err + out).not.toContain('s3cr3t');
    for (const [path, content] of Object.entries(everything('docs')))
      expect(Buffer.from(content.split(' ')[1] ?? '', 'base64').toString(), path).not.toContain('s3cr3t');
  });
});

describe('an output folder', () => {
  it('below a file, or of a file, is refused with the reason', async () => {
    write({ ...guesthouse, docs: 'a file\n' });
    expect(await refused(['plan', '--out', 'docs'])).toContain('error docs: cannot be written: a file stands where a folder is needed (EEXIST) (unwritable)');
    expect(await refused(['plan', '--out', 'docs/migrations'])).toContain('cannot be written: a file stands where a folder is needed (ENOTDIR) (unwritable)');
  });

  it('with a folder where a document belongs is refused, and no half of the plan is left', async () => {
    write({ ...guesthouse, 'docs/migration-plan.json/keep': '' });
    expect(await refused(['plan', '--out', 'docs'])).toContain('error docs/migration-plan.json: cannot be written: a folder stands where a file is needed');
  });
});

describe('a template', () => {
  it('that nobody knows gets its nearest name', async () => {
    write(guesthouse);
    expect(await refused(['plan', '--template', 'trakcer'])).toBe(
      "error 'trakcer' is no template: did you mean 'tracker'? (unknown-template)\n  → Choose from spec-flow, tracker, canonical-subtasks, dba-review, session-log, all, or give a folder that holds document.md.eta.\n",
    );
    expect(await refused(['override', 'spec-flwo'])).toContain("did you mean 'spec-flow'?");
  });

  it('that is the path of a project tells where paths stand', async () => {
    write(guesthouse);
    expect(await refused(['plan', '--template', 'tracker', 'migrations'])).toContain('Paths of projects stand before --template.');
  });
});

describe('answers', () => {
  it('with a mistake are shown with its place', async () => {
    write({ ...guesthouse, 'answers.yaml': 'title: Email of guests\nclassification:\n  rsik: low\n' });
    const err = await refused(['plan', '--answers', 'answers.yaml']);
    expect(err).toContain("error answers.yaml:3:3: found unknown key 'rsik'");
    expect(err).toContain("did you mean 'risk'?");
    expect(err).toContain('     3 |   rsik: low\n           ^\n');
  });

  it('with a secret are refused and shown redacted, line and all', async () => {
    write({ ...guesthouse, 'answers.yaml': 'summary: "see postgres://admin:hunter2@db.example.com/shop"\n' });
    const err = await refused(['plan', '--answers', 'answers.yaml']);
    expect(err).toContain('postgres://admin:***@db.example.com/shop (secret)');
    expect(err).toContain('     1 | summary: "see postgres://admin:***@db.example.com/shop"\n');
    expect(err).not.toContain('hunter2');
  });

  it('of a configuration are held to the schema as well', async () => {
    write({ ...guesthouse, 'planwright.config.yaml': 'templates: [tracker]\nanswres:\n  title: Email\n' });
    expect(await refused(['plan'])).toMatch(/error planwright\.config\.yaml:2:1: found unknown key 'answres'.*did you mean 'answers'\?/);
  });
});
