import { describe, expect, it } from 'vitest';
import { frameworks } from '../generated/frameworks.js';

describe.each(frameworks.map((entry) => [entry.id, entry] as const))('%s', (id, { conventions, detect, read }) => {
  it('is named after its folder and says how it runs, goes back and names files', () => {
    expect(conventions.framework).toMatchObject({
      id,
      heading: expect.any(String),
      naming: expect.any(String),
      transaction: expect.any(String),
      goingBack: expect.any(String),
      codeFence: expect.any(String),
    });
    expect(Boolean(detect)).toBe(Boolean(read));
  });

  it('gives planned migrations files that sort in their order', () => {
    const fileOf = (number: number): string =>
      conventions.file({ folder: 'migrations', number, name: 'add_guests', stamp: '20261120103000', lastNumber: 7, digits: 4 }).file;
    expect(fileOf(1)).toContain('add_guests');
    expect(fileOf(1).startsWith('migrations/')).toBe(true);
    expect([fileOf(2), fileOf(1)].sort()[0]).toBe(fileOf(1));
  });

  it('has commands to apply, to see the state, and no secret in them', () => {
    const commands = conventions.commands({
      database: 'postgresql',
      urlVariable: 'DATABASE_URL',
      folder: 'migrations',
      name: 'add_guests',
      migrations: [
        {
          id: '001',
          source: '0042_add_guests',
          previous: '0041_rooms',
          up: 'migrations/0042_add_guests.up.sql',
          down: 'migrations/0042_add_guests.down.sql',
          transactional: true,
        },
      ],
    });
    const purposes = commands.map(({ purpose }) => purpose);
    expect(purposes).toContain('apply');
    expect(purposes.includes('current') || purposes.includes('status')).toBe(true);
    // The same command under two names would be printed twice.
    expect(new Set(commands.map(({ command }) => command)).size).toBe(commands.length);
    for (const { command } of commands) expect(command).not.toMatch(/:\/\//);
  });
});

describe('plain SQL', () => {
  it.each([
    ['db/V0011.Rooms.up.sql', 'db/V0043.add_guests.up.sql', 'db/V0043.add_guests.down.sql'],
    ['db/0011-rooms.sql', 'db/0043-add_guests.sql', 'db/0043-add_guests.down.sql'],
    ['db/0011_rooms/up.sql', 'db/0043_add_guests/up.sql', 'db/0043_add_guests/down.sql'],
    ['db/0011_rooms.up.sql', 'db/0043_add_guests.up.sql', 'db/0043_add_guests.down.sql'],
    [undefined, 'db/0043_add_guests.up.sql', 'db/0043_add_guests.down.sql'],
  ])('names planned files as the project names its own: %s', (like, file, downFile) => {
    const sql = frameworks.find(({ id }) => id === 'sql');
    const planned = { folder: 'db', number: 2, name: 'add_guests', stamp: '20261120103000', lastNumber: 41, digits: 4, ...(like && { like }) };
    expect(sql?.conventions.file(planned)).toEqual({ file, downFile });
  });
});

describe.each(
  frameworks.filter(({ id }) => ['dbmate', 'goose', 'golang-migrate', 'sqlx'].includes(id)).map(({ id, conventions }) => [id, conventions] as const),
)('%s', (_, { file }) => {
  const planned = { folder: 'migrations', number: 2, name: 'add_guests', stamp: '20261120103000' };

  it('counts on where the folder counts', () => {
    expect(file({ ...planned, lastNumber: 41, digits: 4 }).file).toMatch(/\/0043_add_guests\./);
  });

  it('goes by the clock where the folder does', () => {
    expect(file({ ...planned, lastNumber: 20261119000000, digits: 14 }).file).toMatch(/\/20261120103002_add_guests\./);
  });
});
