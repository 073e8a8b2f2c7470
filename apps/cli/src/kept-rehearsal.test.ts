import type { Rehearsable } from '@planwright/plan';
import type { Evidence } from '@planwright/spec';
import { expect, it } from 'vitest';
import { everything, guesthouse, inOwnFolder, read, write } from './fixtures/run.js';
import { writeProjectPlan } from './plan-project.js';
import type { Rehearser } from './rehearsal-engine.js';

inOwnFolder();

/** A rehearsal whose times differ each time, as those of a real one do. */
function rehearserOf(identity = 'PGlite 18'): Rehearser & { readonly asked: Rehearsable[] } {
  const asked: Rehearsable[] = [];
  return {
    identity,
    asked,
    rehearse: async (what): Promise<Evidence> => {
      asked.push(what);
      const statements = [{ sql: 'ALTER TABLE guests ADD COLUMN email text', milliseconds: asked.length }];
      return { engine: { name: 'PGlite', version: '18.6' }, migrations: [{ migration: '001', statements }] };
    },
  };
}

it('rehearses with the migrations before, and once for the same plan', async () => {
  write(guesthouse);
  const rehearser = rehearserOf();
  await writeProjectPlan('.', { out: 'docs', rehearser, now: new Date('2026-11-20T10:30:00Z') });
  expect(rehearser.asked.map(({ history }) => history.map(({ id, statements }) => [id, statements.length]))).toEqual([[['001_guests', 1]]]);
  const before = everything('docs');
  expect(JSON.parse(read('docs/rehearsal.json')).evidence.engine.name).toBe('PGlite');
  const other = rehearserOf();
  await writeProjectPlan('.', { out: 'docs', rehearser: other, now: new Date('2026-11-20T10:30:00Z') });
  expect(other.asked).toEqual([]);
  expect(everything('docs')).toEqual(before);
});

it('rehearses anew when the change, a migration before it, or the engine is another one', async () => {
  write(guesthouse);
  const planned = async (rehearser: ReturnType<typeof rehearserOf>) => {
    await writeProjectPlan('.', { out: 'docs', rehearser, now: new Date('2026-11-20T10:30:00Z') });
    return rehearser.asked.length;
  };
  expect(await planned(rehearserOf())).toBe(1);
  write({ 'migrations/002_guest_email.sql': 'ALTER TABLE guests ADD COLUMN email varchar(80);\n' });
  expect(await planned(rehearserOf())).toBe(1);
  write({ 'migrations/001_guests.sql': 'CREATE TABLE guests (\n  id bigint PRIMARY KEY,\n  name text\n);\n' });
  expect(await planned(rehearserOf())).toBe(1);
  expect(await planned(rehearserOf('PostgreSQL 16'))).toBe(1);
  expect(await planned(rehearserOf('PostgreSQL 16'))).toBe(0);
});
