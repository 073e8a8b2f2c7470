import { describe, expect, it } from 'vitest';
import { judge } from '../../judged-statement.js';
import { readForTest } from '../../read-for-test.js';

/** Every expectation here was seen on PostgreSQL 18. */
const hotel = `
  CREATE TABLE guests (id integer PRIMARY KEY, email text UNIQUE);
  CREATE TABLE stays (id integer, night date, guest_id integer REFERENCES guests, note text, PRIMARY KEY (id, night)) PARTITION BY RANGE (night);
  CREATE TABLE stays_2026 PARTITION OF stays FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
  CREATE TABLE stays_rest PARTITION OF stays DEFAULT;
  CREATE TABLE bills (stay_id integer, stay_night date, total integer, FOREIGN KEY (stay_id, stay_night) REFERENCES stays ON DELETE CASCADE);
  CREATE TABLE old_guests () INHERITS (guests);
  CREATE VIEW emails AS SELECT email FROM guests;
`;

async function verdictOn(sql: string) {
  const { statements } = await readForTest(sql, hotel);
  return judge(statements).statements.at(-1)?.statement.verdicts?.lock;
}

async function locksOf(sql: string): Promise<readonly string[] | undefined> {
  return (await verdictOn(sql))?.locks.map(({ relation, mode }) => `${relation}: ${mode}`).sort();
}

const all = (mode: string, ...relations: readonly string[]): readonly string[] => relations.map((relation) => `${relation}: ${mode}`).sort();
const stays = ['stays', 'stays_2026', 'stays_rest'] as const;

describe('locks reach as far as PostgreSQL takes them', () => {
  it.each([
    ['ALTER TABLE guests ALTER id TYPE bigint', all('ACCESS EXCLUSIVE', 'guests', 'old_guests', ...stays)],
    ['ALTER TABLE stays ALTER guest_id TYPE bigint', all('ACCESS EXCLUSIVE', 'guests', ...stays)],
    ['ALTER TABLE stays DROP COLUMN guest_id', all('ACCESS EXCLUSIVE', 'guests', ...stays)],
    ['ALTER TABLE stays DROP CONSTRAINT stays_guest_id_fkey', all('ACCESS EXCLUSIVE', 'guests', ...stays)],
    ['ALTER TABLE guests DROP CONSTRAINT guests_pkey CASCADE', all('ACCESS EXCLUSIVE', 'guests', ...stays)],
    ['DROP TABLE bills', all('ACCESS EXCLUSIVE', 'bills', ...stays)],
    ['ALTER TABLE guests DROP COLUMN email CASCADE', all('ACCESS EXCLUSIVE', 'guests', 'old_guests', 'emails')],
    ['TRUNCATE guests CASCADE', all('ACCESS EXCLUSIVE', 'guests', 'old_guests', 'bills', ...stays)],
    ['TRUNCATE stays_2026 CASCADE', all('ACCESS EXCLUSIVE', 'stays_2026', 'bills')],
    ['CREATE INDEX ON stays (note)', all('SHARE', ...stays)],
    ['CREATE INDEX ON ONLY stays (note)', all('SHARE', 'stays')],
    ['CREATE INDEX ON guests (email)', all('SHARE', 'guests')],
    ['ALTER TABLE ONLY guests ALTER email SET DEFAULT 1', all('ACCESS EXCLUSIVE', 'guests')],
    [
      "CREATE TABLE stays_2027 PARTITION OF stays FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')",
      [...all('ACCESS EXCLUSIVE', 'stays', 'stays_rest'), ...all('SHARE ROW EXCLUSIVE', 'bills', 'guests')].sort(),
    ],
    ['ALTER TABLE stays DETACH PARTITION stays_2026', [...all('ACCESS EXCLUSIVE', 'bills', ...stays), 'guests: SHARE ROW EXCLUSIVE'].sort()],
    ['CREATE TABLE vip_guests () INHERITS (guests)', all('SHARE UPDATE EXCLUSIVE', 'guests')],
    ['CREATE TABLE guest_copies (LIKE guests)', []],
    ['CREATE TABLE guest_copies AS SELECT * FROM guests', []],
    ['CREATE TABLE tips (stay_id integer, night date, FOREIGN KEY (stay_id, night) REFERENCES stays)', all('SHARE ROW EXCLUSIVE', ...stays)],
    ['DELETE FROM stays', all('ROW EXCLUSIVE', 'bills', ...stays)],
    ['DROP TRIGGER IF EXISTS gone ON guests', []],
    ['ALTER TABLE stays ENABLE ROW LEVEL SECURITY', all('ACCESS EXCLUSIVE', 'stays')],
    ['ALTER TABLE stays RENAME note TO remark', all('ACCESS EXCLUSIVE', ...stays)],
    ['ALTER TABLE stays RENAME TO nights', all('ACCESS EXCLUSIVE', 'stays')],
    ["COMMENT ON COLUMN guests.email IS 'one each'", all('SHARE UPDATE EXCLUSIVE', 'guests')],
    ['INSERT INTO bills (total) VALUES (1)', all('ROW EXCLUSIVE', 'bills')],
    ["SELECT setval('numbers', 10)", []],
    ['SELECT 1', []],
    ['GRANT SELECT ON guests TO clerk', []],
    ['ALTER TABLE guests OWNER TO clerk', all('ACCESS EXCLUSIVE', 'guests')],
    ['CREATE STATISTICS ON id, email FROM guests', all('SHARE UPDATE EXCLUSIVE', 'guests')],
    ['ALTER SCHEMA archive RENAME TO attic', []],
  ])('%s', async (sql, expected) => {
    expect(await locksOf(sql)).toEqual(expected);
  });
});

it('holds every lock until the statement ends, and names what is written and read', async () => {
  const lock = await verdictOn('ALTER TABLE guests ALTER id TYPE bigint');
  expect(lock?.locks.every(({ held }) => held === 'rewrite')).toBe(true);
  expect(lock?.rewrites).toEqual(['guests', 'old_guests']);
  expect(lock?.scans).toEqual(['stays_2026', 'stays_rest']);
});

it('says nothing of a query that may do more than read', async () => {
  expect(await verdictOn('SELECT tidy_up()')).toBeUndefined();
  expect(await verdictOn('SELECT * FROM guests FOR UPDATE')).toBeUndefined();
});

it('reads a table for rows that a required column leaves empty', async () => {
  expect((await verdictOn('ALTER TABLE bills ADD paid boolean NOT NULL'))?.scans).toEqual(['bills']);
  expect((await verdictOn('ALTER TABLE bills ADD paid boolean NOT NULL DEFAULT false'))?.scans).toBeUndefined();
});

it('writes nothing anew where a timestamp gets its zone under UTC', async () => {
  const add = 'ALTER TABLE guests ADD seen timestamp;';
  const alter = 'ALTER TABLE guests ALTER seen TYPE timestamptz';
  expect((await verdictOn(`${add} ${alter}`))?.rewrites).toEqual(['guests', 'old_guests']);
  expect((await verdictOn(`${add} SET timezone = 'UTC'; ${alter}`))?.rewrites).toBeUndefined();
});

describe('what differs between versions', () => {
  const family = `
    CREATE TABLE rates (day date NOT NULL, type_id integer, code integer) PARTITION BY RANGE (day);
    CREATE TABLE rates_2026 PARTITION OF rates FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    CREATE TABLE staff (id integer NOT NULL, wage integer);
    CREATE TABLE night_staff () INHERITS (staff);
  `;
  const locksOn = async (version: number, sql: string): Promise<readonly string[] | undefined> => {
    const { statements } = await readForTest(sql, family);
    const lock = judge(statements, { version }).statements.at(-1)?.statement.verdicts?.lock;
    return lock?.locks.map(({ relation, mode }) => `${relation}: ${mode}`).sort();
  };

  // Seen on 12.22, 13.23, 16.14 and 18.4.
  it.each([
    [13, 'ALTER TABLE rates DETACH PARTITION rates_2026', ['rates: ACCESS EXCLUSIVE', 'rates_2026: SHARE UPDATE EXCLUSIVE']],
    [16, 'ALTER TABLE rates DETACH PARTITION rates_2026', ['rates: ACCESS EXCLUSIVE', 'rates_2026: ACCESS EXCLUSIVE']],
    [16, 'ALTER TABLE rates ADD UNIQUE (day, code)', ['rates: ACCESS EXCLUSIVE', 'rates_2026: SHARE']],
    [18, 'ALTER TABLE rates ADD UNIQUE (day, code)', ['rates: ACCESS EXCLUSIVE', 'rates_2026: ACCESS EXCLUSIVE']],
    [16, 'ALTER TABLE rates ADD PRIMARY KEY (day)', ['rates: ACCESS EXCLUSIVE', 'rates_2026: SHARE']],
    [16, 'ALTER TABLE rates ADD PRIMARY KEY (day, type_id)', ['rates: ACCESS EXCLUSIVE', 'rates_2026: ACCESS EXCLUSIVE']],
    [18, 'ALTER TABLE rates ADD PRIMARY KEY (day)', ['rates: ACCESS EXCLUSIVE', 'rates_2026: ACCESS EXCLUSIVE']],
    [16, 'ALTER TABLE staff ADD UNIQUE (id)', ['staff: ACCESS EXCLUSIVE']],
    [16, 'ALTER TABLE staff ADD PRIMARY KEY (id)', ['night_staff: ACCESS EXCLUSIVE', 'staff: ACCESS EXCLUSIVE']],
    [16, 'ALTER TABLE staff ADD CHECK (wage > 0) NO INHERIT', ['staff: ACCESS EXCLUSIVE']],
    [18, 'ALTER TABLE staff ADD CHECK (wage > 0) NO INHERIT', ['night_staff: ACCESS EXCLUSIVE', 'staff: ACCESS EXCLUSIVE']],
  ] as const)('%i: %s', async (version, sql, locks) => {
    expect(await locksOn(version, sql)).toEqual(locks);
  });
});
