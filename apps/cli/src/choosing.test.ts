import { execFileSync } from 'node:child_process';
import { beforeEach, describe, expect, it } from 'vitest';
import { everything, guesthouse, inOwnFolder, read, run, shop, write } from './fixtures/run.js';

inOwnFolder();
beforeEach(() => write(guesthouse));

/** Ids of the migrations that a run plans. */
async function planned(...args: string[]): Promise<readonly string[]> {
  const { code, out, err } = await run(['plan', ...args, '--check', '--format', 'json']);
  expect({ code, err }).toEqual({ code: 1, err: '' });
  return JSON.parse(out).context.change.migrations.map(({ id }: { readonly id: string }) => id);
}

describe('which migrations are planned', () => {
  it('the newest, when nobody says', async () => {
    expect(await planned()).toEqual(['002_guest_email']);
    expect(await planned(shop)).toEqual(['20261120103000_multi_currency_orders']);
  });

  it('those that are named, by id or the end of one, in the order of the history', async () => {
    expect(await planned('--migration', '001_guests')).toEqual(['001_guests']);
    expect(await planned('-m', 'guest_email', '-m', '001')).toEqual(['001_guests', '002_guest_email']);
  });

  it('none, when a name is of several or of none', async () => {
    write({ 'migrations/003_stays_email.sql': 'CREATE TABLE stays (id bigint PRIMARY KEY, email text);\n' });
    const several = await run(['plan', '-m', 'email']);
    expect(several.code).toBe(2);
    expect(several.err).toContain("'email' is the name of 2 migrations: 002_guest_email, 003_stays_email. (ambiguous-migration)");
    const none = await run(['plan', '-m', '002_gest_email']);
    expect(none.code).toBe(2);
    expect(none.err).toContain("No migration is called '002_gest_email': did you mean '002_guest_email'? (unknown-migration)");
  });

  it('that of a file, with what the project around it says', async () => {
    expect(await planned('migrations/001_guests.sql')).toEqual(['001_guests']);
    expect(await planned(`${shop}/prisma/migrations/20260302090000_shop/migration.sql`)).toEqual(['20260302090000_shop']);
    const { out } = await run(['plan', `${shop}/prisma/migrations/20260302090000_shop/migration.sql`, '--check', '--format', 'json']);
    expect(JSON.parse(out).context.target.framework).toBe('prisma');
  });
});

describe('--since', () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', ...args], { stdio: 'pipe' });
  beforeEach(() => {
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-q', '-m', 'Guests');
  });

  it('plans what was committed since, changed, or is not yet tracked', async () => {
    git('checkout', '-q', '-b', 'phone');
    write({ 'migrations/003_phone.sql': 'ALTER TABLE guests ADD COLUMN phone text;\n' });
    git('add', '.');
    git('commit', '-q', '-m', 'Phone');
    write({ 'migrations/004_fax.sql': 'ALTER TABLE guests ADD COLUMN fax text;\n' });
    expect(await planned('--since', 'main')).toEqual(['003_phone', '004_fax']);
  });

  it('says when nothing has changed, and when git does not know the ref', async () => {
    const nothing = await run(['plan', '--since', 'main']);
    expect({ code: nothing.code, has: nothing.err.includes('(no-changed-migration)') }).toEqual({ code: 2, has: true });
    for (const ref of ['mian', '--output=x']) {
      const before = everything('migrations');
      const { code, err } = await run(['plan', `--since=${ref}`]);
      expect(code).toBe(2);
      expect(err).toContain(`error --since ${ref}: git does not know it here`);
      expect(everything('migrations')).toEqual(before);
    }
  });

  it('and --migration exclude each other', async () => {
    expect(await run(['plan', '--since', 'main', '-m', '001'])).toMatchObject({
      code: 2,
      err: expect.stringContaining("cannot be used with option '-m, --migration"),
    });
  });
});

describe('several projects', () => {
  beforeEach(() => {
    write({
      'services/guests/db/migrations/001_guests.sql': 'CREATE TABLE guests (id bigint PRIMARY KEY);\n',
      'services/stays/db/migrations/001_stays.sql': 'CREATE TABLE stays (id bigint PRIMARY KEY);\n',
    });
  });

  it('are written into a folder each, also when their folders have one name', async () => {
    const { code, out } = await run(['plan', 'services/guests/db', 'services/stays/db', '--out', 'docs']);
    expect(code).toBe(0);
    expect(out.split('\n').filter((path) => path.endsWith('.md'))).toEqual(['docs/guests/db/migration-plan.md', 'docs/stays/db/migration-plan.md']);
    expect(read('docs/stays/db/migration-plan.md')).toContain('Stays');
    expect((await run(['plan', 'services/guests', 'services/stays', '--out', 'more'])).out).toContain('more/guests/migration-plan.md');
  });

  it('are one list as JSON', async () => {
    const { out } = await run(['plan', 'services/guests', 'services/stays', '--format', 'json', '--check']);
    expect(JSON.parse(out).map(({ project }: { readonly project: string }) => project)).toEqual(['services/guests', 'services/stays']);
  });

  it('are one project where their paths mean the same folder', async () => {
    expect(await planned('services/guests', './services/guests/')).toEqual(['001_guests']);
  });
});

describe('answers', () => {
  const config = (title: string, more = '') => `${more}answers:\n  title: ${title}\n  slug: from-config\n`;
  const contextOf = async (...args: string[]) =>
    JSON.parse((await run(['plan', ...args, '--check', '--format', 'json', '--now', '2026-11-20T10:30:00Z'])).out).context;

  it('of a file stand over those of the configuration, and those over what was derived', async () => {
    expect(await contextOf()).toMatchObject({ title: 'Guest email' });
    write({ 'planwright.config.yaml': config('Email of guests') });
    expect(await contextOf()).toMatchObject({ title: 'Email of guests', slug: 'from-config' });
    write({ 'answers.yaml': 'title: Email addresses\n', 'more.json': '{ "title": "Addresses" }' });
    expect(await contextOf('--answers', 'answers.yaml')).toMatchObject({ title: 'Email addresses', slug: 'from-config' });
    expect(await contextOf('--answers', 'answers.yaml', '--answers', 'more.json')).toMatchObject({ title: 'Addresses', slug: 'from-config' });
  });

  it('come from the nearest configuration above, up to the root of the repository', async () => {
    write({ 'planwright.config.yaml': config('From the root'), 'services/shop/migrations/001_orders.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);\n' });
    expect(await contextOf('services/shop')).toMatchObject({ title: 'From the root' });
    write({ 'services/.git': 'gitdir: elsewhere\n' });
    expect(await contextOf('services/shop')).toMatchObject({ title: 'Orders' });
  });

  it('stand beside templates, output and the folder of the migrations', async () => {
    write({
      'services/shop/planwright.config.yaml': config(
        'Orders',
        'templates: [tracker, dba-review]\nout: docs/plans\nmigrations: db/new\ntarget: { database: postgresql, version: "15" }\n',
      ),
      'services/shop/db/new/001_orders.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);\n',
      'services/shop/db/old/001_bills.sql': 'CREATE TABLE bills (id bigint PRIMARY KEY);\n',
    });
    const { code, out } = await run(['plan', 'services/shop']);
    expect(code).toBe(0);
    expect(out).toContain('services/shop/docs/plans/tracker/migration-plan.md\n');
    expect(read('services/shop/docs/plans/dba-review/migration-plan.md')).toContain('PostgreSQL 15');
    expect(read('services/shop/docs/plans/dba-review/migration-plan.md')).toContain('orders');
  });
});

describe('templates', () => {
  it('go into the folder itself when there is one, and into a folder each when there are several', async () => {
    expect((await run(['plan', '--template', 'tracker', '--out', 'one'])).out).toBe('one/migration-plan.md\none/migration-plan.json\n');
    const { out } = await run(['plan', '--template', 'tracker', 'dba-review', '--out', 'two']);
    expect(out.split('\n').filter(Boolean).sort()).toEqual([
      'two/dba-review/migration-plan.json',
      'two/dba-review/migration-plan.md',
      'two/dba-review/migration-plan.prompt.md',
      'two/tracker/migration-plan.json',
      'two/tracker/migration-plan.md',
    ]);
  });
});
