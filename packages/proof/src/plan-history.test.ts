import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { officialTemplates } from './official-templates.js';
import { planHistory } from './plan-history.js';
import { readFolder } from './read-folder.js';

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));
const templates = await officialTemplates();

it.each([
  ['shop', 'prisma', 6],
  ['guest-house', 'sql', 6],
  ['bookings', 'sql', 4],
])(
  'plans every migration of a history, and each document passes the conformance checks: %s',
  async (name, framework, migrations) => {
    const planned = await planHistory({ files: readFolder(`${fixtures}/${name}`), templates });
    expect(planned).toMatchObject({ framework, migrations, documents: migrations * 7, failures: [], unknown: {} });
  },
  120_000,
);

it('says what is wrong, where and how often, and goes on', async () => {
  const check = () => [
    { code: 'placeholder', message: 'the first' },
    { code: 'placeholder', message: 'the second' },
  ];
  const planned = await planHistory({ files: readFolder(`${fixtures}/bookings`), templates: templates.slice(0, 1), check, only: '0003' });
  expect(planned).toMatchObject({
    migrations: 1,
    failures: [{ migration: '0003_members', where: templates[0]?.manifest.name, message: 'placeholder: the first', count: 2 }],
  });
});

it('says why there is no history', async () => {
  expect(await planHistory({ files: [], templates })).toMatchObject({ issues: [{ code: 'no-migrations' }] });
});
