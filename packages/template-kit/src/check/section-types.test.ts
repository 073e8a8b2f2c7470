import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { sectionTypes } from './section-types.js';

it('finds misspelt fields, values that may be missing and questions that are used as text, with their lines', async () => {
  const issues = await sectionTypes(fileURLToPath(new URL('../fixtures/mistyped', import.meta.url)));
  const file = 'sections/summary.md.eta';
  expect(issues.map(({ line, message }) => ({ line, message: message.split('\n')[0] }))).toEqual([
    { line: 1, message: "Property 'toUpperCase' does not exist on type 'string | OpenQuestion'." },
    { line: 2, message: "Argument of type 'string | undefined' is not assignable to parameter of type 'Printable'." },
    { line: 4, message: "Property 'sumary' does not exist on type 'It'. Did you mean 'summary'?" },
    { line: 6, message: "'it.tasks' is possibly 'undefined'." },
    { line: 11, message: "Argument of type 'string | undefined' is not assignable to parameter of type 'Printable'." },
  ]);
  expect(issues.every((issue) => issue.file === file)).toBe(true);
});
