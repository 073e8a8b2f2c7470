import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { render } from '@planwright/renderer';
import type { Context } from '@planwright/spec';
import { readContext } from '@planwright/spec/validate';
import { expect, it } from 'vitest';
import { loadTemplate } from './load-template.js';

const folder = fileURLToPath(new URL('fixtures/toy', import.meta.url));

it('compiles a folder and renders a context with it', async () => {
  const { template, issues } = await loadTemplate(folder);
  expect(issues).toEqual([]);
  const { context, issues: wrong } = readContext(readFileSync(`${folder}/examples/orders/context.yaml`, 'utf8'), 'context.yaml');
  expect(wrong).toEqual([]);
  const { files, questions, issues: found } = render(template!, context!);
  expect(found).toEqual([]);
  expect(files.map(({ path }) => path)).toEqual(['toy-plan.md', 'toy-plan.json']);
  expect(questions.map(({ id, pointer }) => `${id} ${pointer}`)).toEqual([
    'Q-delegation-assignee /delegation/assignee',
    'Q-risks /risks',
    'Q-migration-001-purpose /sequence/migrations/0/purpose',
  ]);
});

it('names the line of a section that fails while it is rendered', async () => {
  const { template } = await loadTemplate(folder);
  // Not a valid context: a statement has no list of operations, and a section must say where it stumbled.
  const context = {
    target: { database: 'postgresql' },
    change: { migrations: [{ id: 'a', statements: [] }] },
    sequence: { migrations: [{ id: '001', name: 'a' }] },
  } as unknown as Context;
  expect(() => render(template!, context)).toThrow(/^sections\/sql\.md\.eta:4: /);
});

it('refuses an option that the template does not have', async () => {
  const { template } = await loadTemplate(folder);
  const context: Context = { target: { database: 'postgresql' }, change: { migrations: [{ id: 'a', statements: [] }] }, options: { toy: { verbos: true } } };
  const { files, issues } = render(template!, context);
  expect(files).toEqual([]);
  expect(issues.map(({ message, pointer }) => `${pointer} ${message}`)).toEqual([
    "/options/toy an option of template 'toy' must NOT have additional properties: 'verbos'",
  ]);
});
