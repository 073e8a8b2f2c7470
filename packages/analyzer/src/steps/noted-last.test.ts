import { expect, it } from 'vitest';
import { analyze } from '../analyze.js';
import { dialectForTest } from '../read-for-test.js';

const before = `CREATE TABLE orders (id bigint PRIMARY KEY, status text);
CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);`;
const note = "UPDATE alembic_version SET version_num='b2' WHERE alembic_version.version_num = 'a1';";

/** The migrations of a change that `alembic upgrade --sql` has printed. */
async function plannedOf(change: string) {
  const files = [
    { path: 'migrations/001_before.sql', text: before },
    { path: 'migrations/002_change.sql', text: `BEGIN;\n${change};\n${note}\nCOMMIT;` },
  ];
  const analysis = await analyze({ files, dialect: await dialectForTest(), version: '16' });
  if (!('change' in analysis)) throw new Error(JSON.stringify(analysis.issues));
  return analysis.sequence.migrations;
}

it.each([
  ['CREATE INDEX ON orders (status)', undefined],
  ['ALTER TABLE orders ALTER COLUMN status SET NOT NULL', 'contract'],
  ['ALTER TABLE orders DROP COLUMN status', 'cleanup'],
])('notes that a change has run when it has, and takes the note back: %s', async (change, phase) => {
  const last = (await plannedOf(change)).at(-1);
  expect([last?.name, last?.phase, last?.reversibility?.kind]).toEqual(['note_the_change', phase, 'reversible']);
  expect(last?.statements.at(-1)).toMatchObject({ sql: note.slice(0, -1), down: "UPDATE alembic_version SET version_num = 'a1' WHERE version_num = 'b2'" });
  expect(last?.statements.at(-1)?.verdicts?.data?.outcome).toBe('safe');
});

it('leaves the note where it is in a change that runs as written', async () => {
  expect((await plannedOf('ALTER TABLE orders ADD COLUMN note text')).map(({ name }) => name)).toEqual(['change']);
});
