import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { render } from '@planwright/renderer';
import { readContext } from '@planwright/spec/validate';
import { expect, it } from 'vitest';
import { loadTemplate } from './load-template.js';

const folder = fileURLToPath(new URL('fixtures/toy', import.meta.url));

it('compiles a folder and renders a context with it', async () => {
  const { template, issues } = await loadTemplate(folder);
  expect(issues).toEqual([]);
  const { context, issues: wrong } = readContext(readFileSync(`${folder}/examples/orders/context.yaml`, 'utf8'), 'context.yaml');
  expect(wrong).toEqual([]);
  const { files, questions } = render(template!, context!);
  console.log(files[0]!.text, files[1]!.text, questions);
});
