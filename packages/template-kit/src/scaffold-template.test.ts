import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { render } from '@planwright/renderer';
import { expect, it } from 'vitest';
import { goldensOf } from './check/goldens.js';
import { checkTemplate } from './check-template.js';
import { readExamples } from './examples.js';
import { loadTemplate } from './load-template.js';
import { scaffoldTemplate } from './scaffold-template.js';

it('makes a template that passes the conformance test', async () => {
  // Under this room, so that the types of the other rooms are found.
  const folder = mkdtempSync(join(fileURLToPath(new URL('..', import.meta.url)), '.scaffold-'));
  try {
    for (const { path, text } of scaffoldTemplate('release-notes')) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    expect((await checkTemplate(folder)).map(({ code }) => code)).toEqual(['golden', 'golden']);
    const { template } = await loadTemplate(folder);
    const [example] = readExamples(folder);
    for (const { path, text } of goldensOf(render(template!, example!.context!).files)) writeFileSync(join(example!.folder, path), text);
    expect(await checkTemplate(folder)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);

it('refuses a name that a file could not have', () => {
  expect(() => scaffoldTemplate('../Up')).toThrow("'../Up' is no name of a template");
});
