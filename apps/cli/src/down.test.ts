import { describe, expect, it } from 'vitest';
import { everything, guesthouse, inOwnFolder, read, run, write } from './fixtures/run.js';

inOwnFolder();

const withFunctions = {
  ...guesthouse,
  'migrations/002_guest_email.sql': `ALTER TABLE guests ADD COLUMN email text;
CREATE FUNCTION greet(guest bigint) RETURNS text LANGUAGE sql AS 'SELECT name FROM guests WHERE id = guest';
`,
  'migrations/003_second_thoughts.sql': `CREATE OR REPLACE FUNCTION greet(guest bigint) RETURNS text LANGUAGE sql AS 'SELECT email FROM guests WHERE id = guest';
ALTER TABLE guests RENAME COLUMN name TO full_name;
`,
};

// Each starts a database, which takes seconds, and longer where others work on the same machine.
describe('planwright down', { timeout: 180_000 }, () => {
  it('prints the way back of the newest migration, with an old function body and a rename that keeps its rows', async () => {
    write(withFunctions);
    const before = everything();
    const { code, out, err } = await run(['down']);
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('the catalogue is as it was before') });
    expect(out).toContain('ALTER TABLE public.guests RENAME COLUMN full_name TO name;');
    expect(out).toContain('SELECT name FROM guests WHERE id = guest');
    expect(everything()).toEqual(before);
  });

  it('writes one file for each migration into a folder, and says what each loses', async () => {
    write(withFunctions);
    const { code } = await run(['down', '--all', '--out', 'downs']);
    expect(code).toBe(0);
    expect(read('downs/002_guest_email.sql')).toContain('-- Loses values written to guests.email since.');
    expect(read('downs/001_guests.sql')).toContain('DROP TABLE public.guests;');
  });

  it('writes beside the migration, and never over a file', async () => {
    write({ ...withFunctions, 'migrations/003_second_thoughts.down.sql': '-- mine\n' });
    const { code, err } = await run(['down', '--all', '--write']);
    expect(code).toBe(0);
    expect(err).toContain('003_second_thoughts has a way back already, which stays as it is.');
    expect(read('migrations/003_second_thoughts.down.sql')).toBe('-- mine\n');
    expect(read('migrations/002_guest_email.down.sql')).toContain('ALTER TABLE public.guests DROP COLUMN email;');
  });

  it("says what the project's own forgets", async () => {
    write({ ...withFunctions, 'migrations/003_second_thoughts.down.sql': 'ALTER TABLE guests RENAME COLUMN full_name TO name;\n' });
    const { code, out } = await run(['down', '--format', 'json']);
    const { downs } = JSON.parse(out);
    expect({ code, restores: downs[0].restores, own: downs[0].own }).toMatchObject({
      code: 0,
      restores: 'everything',
      own: { runs: true, restores: 'not everything', missing: [expect.stringContaining('SELECT name FROM guests')] },
    });
  });

  it('mirrors CONCURRENTLY and marks the file', async () => {
    write({ ...guesthouse, 'migrations/003_index.sql': 'CREATE INDEX CONCURRENTLY ix_email ON guests (email);\n' });
    const { out } = await run(['down']);
    expect(out).toMatch(/^-- no-transaction\n/);
    expect(out).toContain('DROP INDEX CONCURRENTLY public.ix_email;');
  });

  it('leaves the names of NOT NULL out for a version that has none', async () => {
    write({
      ...guesthouse,
      'migrations/002_visitors.sql': 'ALTER TABLE guests RENAME TO visitors;\n',
      'migrations/003_no_name.sql': 'ALTER TABLE visitors DROP COLUMN name;\n',
    });
    expect(await run(['down'])).toMatchObject({ code: 0, out: expect.stringContaining('ALTER TABLE public.visitors ALTER COLUMN name SET NOT NULL;') });
    write({ 'planwright.config.yaml': 'target:\n  version: "18"\n' });
    expect(await run(['down'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('ALTER TABLE public.visitors ADD CONSTRAINT guests_name_not_null NOT NULL name;'),
    });
  });

  it('ends with 1 where the history does not run, and with 2 for a migration that is not there', async () => {
    write({ ...guesthouse, 'migrations/003_wrong.sql': 'ALTER TABLE nobody ADD COLUMN x integer;\n' });
    expect(await run(['down'])).toMatchObject({ code: 1, err: expect.stringContaining('003_wrong does not run') });
    expect(await run(['down', '--migration', 'nothing'])).toMatchObject({ code: 2, err: expect.stringContaining("No migration is called 'nothing'") });
  });
});
