import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render } from '@planwright/renderer';
import type { Issue } from '@planwright/spec';
import { documentChecks, templateChecks } from './check/checks.js';
import { goldensOf } from './check/goldens.js';
import { readExamples } from './examples.js';
import { loadTemplate } from './load-template.js';

/** Everything that the conformance test finds wrong with a template folder, as data; empty when it passes. */
export async function checkTemplate(folder: string): Promise<readonly Issue[]> {
  const { template, issues: broken } = await loadTemplate(folder);
  if (template === undefined) return broken;
  const issues: Issue[] = [...broken];
  for (const { run } of templateChecks) issues.push(...(await run(folder, template)));
  const examples = readExamples(folder);
  if (examples.length === 0)
    issues.push({ code: 'no-example', message: 'the template has no example', file: 'examples', hint: 'Give it one: examples/<case>/context.yaml.' });
  for (const example of examples) {
    issues.push(...example.issues);
    const { name, context } = example;
    if (context === undefined) continue;
    const rendered = render(template, context);
    issues.push(...rendered.issues);
    for (const { path, text } of goldensOf(rendered.files)) {
      const file = join(example.folder, path);
      if (!existsSync(file) || readFileSync(file, 'utf8') !== text)
        issues.push({
          code: 'golden',
          message: `example '${name}' renders otherwise than ${path} says`,
          file: `examples/${name}/${path}`,
          hint: 'Read the difference; when it is meant, run the test with -u.',
        });
    }
    for (const { run } of documentChecks) issues.push(...(await run({ template, context, rendered })));
  }
  return issues;
}
