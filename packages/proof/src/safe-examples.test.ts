// What the safe steps make of each rule's example, in its folder: written by `npm run generate`, and silent for the rule.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyze } from '@planwright/analyzer';
import { loadPostgresql, type PostgresqlDialect } from '@planwright/sql/postgresql';
import { beforeAll, describe, expect, it } from 'vitest';
import { sequenceText } from './safe-examples.js';

const folder = fileURLToPath(new URL('../../analyzer/src/rules/postgresql/', import.meta.url));
const ids = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'rule.ts')))
  .map(({ name }) => name);

let dialect: PostgresqlDialect;
beforeAll(async () => {
  dialect = await loadPostgresql();
});

async function planOf(id: string, change = readFileSync(join(folder, id, 'unsafe.sql'), 'utf8')) {
  const files = [
    { path: 'migrations/20260101000000_before.sql', text: readFileSync(join(folder, id, 'before.sql'), 'utf8') },
    { path: 'migrations/20260201000000_change.sql', text: change },
  ].filter(({ text }) => text.trim() !== '');
  const analysis = await analyze({ files, dialect, version: id.endsWith('-on-14') ? '14' : '16' });
  if (!('change' in analysis)) throw new Error(JSON.stringify(analysis.issues));
  return analysis;
}

describe.each(ids)('%s', (id) => {
  it('has the safe form that the steps make of its example, or none', async () => {
    const { sequence, change } = await planOf(id);
    const replaced = change.migrations.some(({ statements }) => statements.some((one) => one.replacedBy && one.findings?.some(({ rule }) => rule === id)));
    const file = join(folder, id, 'safe.sql');
    if (replaced) await expect(sequenceText(sequence)).toMatchFileSnapshot(file);
    else expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe('');
  });
});
