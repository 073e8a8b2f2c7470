import { describe, expect, it } from 'vitest';
import type { Project } from './project.js';
import { readProject } from './read-project.js';

const table = 'CREATE TABLE guests (id bigserial PRIMARY KEY);';

function read(files: Readonly<Record<string, string>>, wishes = {}): Project {
  const project = readProject(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    wishes,
  );
  if (!('migrations' in project)) throw new Error(project.issues.map(({ message }) => message).join('\n'));
  return project;
}

function ids(project: Project): readonly string[] {
  return project.migrations.map(({ id }) => id);
}

describe('readProject', () => {
  it('reads Prisma folders by name, the database and the variable from schema.prisma', () => {
    const project = read({
      'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("SHOP_DATABASE_URL")\n}',
      'prisma/migrations/migration_lock.toml': 'provider = "postgresql"',
      'prisma/migrations/20260202_b/migration.sql': table,
      'prisma/migrations/20260101_a/migration.sql': table,
      'package.json': '{"dependencies": {"prisma": "^6.1.0"}}',
    });
    expect(ids(project)).toEqual(['20260101_a', '20260202_b']);
    expect(project.databaseUrlVariable).toBe('SHOP_DATABASE_URL');
    expect(project.target).toEqual({
      database: 'postgresql',
      framework: 'prisma',
      frameworkVersion: '6',
      detection: { framework: { how: 'detected', from: 'prisma/schema.prisma' }, database: { how: 'detected', from: 'prisma/schema.prisma' } },
    });
  });

  it('orders Diesel by versions without dashes, and obeys metadata.toml', () => {
    const project = read({
      'diesel.toml': '[print_schema]\nfile = "src/schema.rs"',
      'migrations/2026-03-01-000000_later/up.sql': table,
      'migrations/2026-03-01-000000_later/down.sql': '',
      'migrations/2026-03-01-000000_later/metadata.toml': 'run_in_transaction = false',
      'migrations/20260101000000_first/up.sql': table,
    });
    expect(ids(project)).toEqual(['20260101000000_first', '2026-03-01-000000_later']);
    expect(project.target.framework).toBe('diesel');
    expect(project.migrations[1]?.transaction?.mode).toBe('none');
    expect(project.migrations[1]?.down?.path).toBe('migrations/2026-03-01-000000_later/down.sql');
  });

  it('orders pairs by number, and knows the first line of sqlx', () => {
    const project = read({
      'm/10_b.up.sql': '-- no-transaction\nCREATE INDEX CONCURRENTLY i ON guests (id);',
      'm/9_a.up.sql': table,
      'm/9_a.down.sql': 'DROP TABLE guests;',
    });
    expect(ids(project)).toEqual(['9_a', '10_b']);
    expect(project.target.framework).toBe('sqlx');
    expect(project.migrations.map(({ name, transaction }) => [name, transaction?.mode])).toEqual([
      ['a', undefined],
      ['b', 'none'],
    ]);
  });

  it('takes pairs that nobody owns for plain SQL, and the database from their words', () => {
    const project = read({ 'db/V0002.Add_Rooms.up.sql': 'SELECT 1;', 'db/V0001.Guests.up.sql': table });
    expect(ids(project)).toEqual(['V0001.Guests', 'V0002.Add_Rooms']);
    expect(project.target).toMatchObject({ framework: 'sql', database: 'postgresql' });
    expect(project.migrations[1]?.name).toBe('Add_Rooms');
  });

  it('obeys the journal of Drizzle and says which files it leaves out', () => {
    const project = read({
      'drizzle/meta/_journal.json': '{"dialect": "postgresql", "entries": [{"idx": 1, "tag": "0001_b"}, {"idx": 0, "tag": "0000_a"}]}',
      'drizzle/0000_a.sql': table,
      'drizzle/0001_b.sql': 'SELECT 1',
      'drizzle/0001_orphan.sql': 'DROP TABLE guests',
    });
    expect(ids(project)).toEqual(['0000_a', '0001_b']);
    expect(project.issues.map(({ code, file }) => [code, file])).toEqual([['migration-not-listed', 'drizzle/0001_orphan.sql']]);
  });

  it('reads Flyway versions as numbers, its undo files, and leaves repeatable ones out', () => {
    const project = read({ 'sql/V10__b.sql': 'SELECT 1;', 'sql/V2__a.sql': table, 'sql/U2__a.sql': 'DROP TABLE guests;', 'sql/R__view.sql': 'SELECT 1;' });
    expect(ids(project)).toEqual(['V2__a', 'V10__b']);
    expect(project.migrations[0]?.down?.path).toBe('sql/U2__a.sql');
    expect(project.issues.map(({ code }) => code)).toEqual(['migration-repeatable']);
  });

  it('splits files at the markers of dbmate and goose, and keeps places', () => {
    const dbmate = read({ 'db/1_a.sql': '-- migrate:up\nCREATE TABLE guests (id uuid);\n-- migrate:down\nDROP TABLE guests;\n' });
    expect(dbmate.migrations[0]?.up.text.trim()).toBe('CREATE TABLE guests (id uuid);');
    expect(dbmate.migrations[0]?.down?.text.split('\n')[3]).toBe('DROP TABLE guests;');
    const goose = read({ 'db/1_a.sql': '-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;' });
    expect(goose.target.framework).toBe('goose');
    expect(goose.migrations[0]?.transaction?.mode).toBe('none');
    expect(goose.migrations[0]?.up.text.trim()).toBe('SELECT 1;');
  });

  it('takes the PostgreSQL folder of several, and names the others', () => {
    const project = read({
      'migrations/mysql/1_a.up.sql': 'CREATE TABLE `a` (`id` int AUTO_INCREMENT);',
      'migrations/postgres/1_a.up.sql': table,
      'migrations/sqlite/1_a.up.sql': 'SELECT 1',
    });
    expect(project.folder).toBe('migrations/postgres');
    expect(project.issues.map(({ code }) => code)).toEqual(['several-migration-folders']);
    expect(read({ 'a/1_a.up.sql': table, 'b/1_a.up.sql': table }, { folder: './b/' }).folder).toBe('b');
  });

  it('says what was looked for when there is nothing', () => {
    const found = readProject([{ path: 'README.md', text: '' }]);
    expect(found.issues.map(({ code }) => code)).toEqual(['no-migrations']);
  });

  it('says so when two migrations have one version, and when the database is only assumed', () => {
    const project = read({ 'm/1_b.up.sql': 'SELECT 1', 'm/1_a.up.sql': 'SELECT 1' });
    expect(project.issues.map(({ code }) => code)).toEqual(['same-version', 'database-assumed']);
  });
});
