import { describe, expect, it } from 'vitest';
import { readForTest } from '../read-for-test.js';

const clinic = `
  CREATE TYPE visit_kind AS ENUM ('first', 'control');
  CREATE TABLE doctors (id bigint PRIMARY KEY, on_call boolean);
  CREATE TABLE visits (
    id bigint PRIMARY KEY,
    kind visit_kind,
    minutes integer,
    hours numeric GENERATED ALWAYS AS (minutes / 60.0) STORED,
    days numeric
  );
  CREATE FUNCTION note_visit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TRIGGER visits_kind BEFORE UPDATE OF kind ON visits FOR EACH ROW EXECUTE FUNCTION note_visit();
  CREATE TRIGGER visits_long AFTER UPDATE ON visits FOR EACH ROW WHEN (NEW.minutes > 90) EXECUTE FUNCTION note_visit();
  CREATE TRIGGER visits_all AFTER INSERT ON visits FOR EACH ROW EXECUTE FUNCTION note_visit();
  CREATE POLICY visits_short ON visits USING (minutes < 60);
  CREATE POLICY visits_on_call ON visits USING (EXISTS (SELECT FROM doctors WHERE on_call));
  CREATE POLICY visits_any ON visits USING (true);
`;

async function visitsAfter(sql: string) {
  const { statements } = await readForTest(sql, clinic);
  const table = statements.at(-1)?.touched.after.tables.find(({ name }) => name === 'visits');
  return {
    columns: table?.columns.map(({ name }) => name),
    triggers: table?.triggers?.map(({ name }) => name),
    policies: table?.policies?.map(({ name }) => name),
  };
}

describe('CASCADE takes what reads what goes', () => {
  it('with a column: its policies, triggers by their condition, and generated columns', async () => {
    expect(await visitsAfter('ALTER TABLE visits DROP COLUMN minutes CASCADE')).toEqual({
      columns: ['id', 'kind', 'days'],
      triggers: ['visits_kind', 'visits_all'],
      policies: ['visits_on_call', 'visits_any'],
    });
  });

  it('with a type: the triggers on updates of its columns', async () => {
    expect(await visitsAfter('DROP TYPE visit_kind CASCADE')).toMatchObject({
      columns: ['id', 'minutes', 'hours', 'days'],
      triggers: ['visits_long', 'visits_all'],
    });
  });

  it('with a table or its column: the policies of others that read it', async () => {
    expect((await visitsAfter('DROP TABLE doctors CASCADE')).policies).toEqual(['visits_short', 'visits_any']);
    expect((await visitsAfter('ALTER TABLE doctors DROP COLUMN on_call CASCADE')).policies).toEqual(['visits_short', 'visits_any']);
  });

  it('with an extension: nobody but the database can tell', async () => {
    const { statements } = await readForTest('DROP EXTENSION hstore CASCADE', clinic);
    expect(statements[0]?.operations.map(({ type }) => type)).toEqual(['dropExtension', 'unknown']);
  });
});
