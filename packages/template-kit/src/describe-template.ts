import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Rendered, render } from '@planwright/renderer';
import type { CompiledTemplate } from '@planwright/spec';
import { documentChecks, templateChecks } from './check/checks.js';
import { goldensOf } from './check/goldens.js';
import { readExamples } from './examples.js';
import { loadTemplate } from './load-template.js';

/** What the conformance test needs of vitest. It is handed in, so that the kit can be used without it. */
export interface TestFunctions {
  readonly describe: (name: string, body: () => void) => void;
  readonly it: (name: string, body: () => Promise<void> | void, timeout?: number) => void;
  readonly expect: (value: unknown) => { toEqual(expected: unknown): void; toMatchFileSnapshot(path: string): Promise<void> };
}

/**
 * The conformance test of a template folder, which is the folder of the test file:
 *
 *     import { describe, expect, it } from 'vitest';
 *     import { describeTemplate } from '@planwright/template-kit';
 *     describeTemplate(import.meta.url, { describe, expect, it });
 */
export function describeTemplate(testFile: string, { describe, expect, it }: TestFunctions): void {
  const folder = dirname(fileURLToPath(testFile));
  const examples = readExamples(folder);
  const loaded = loadTemplate(folder);
  const template = async (): Promise<CompiledTemplate> => {
    const { template: compiled, issues } = await loaded;
    expect(issues).toEqual([]);
    if (compiled === undefined) throw new Error('the template does not compile');
    return compiled;
  };
  describe(basename(folder), () => {
    it('compiles', async () => {
      await template();
    });
    for (const { name, run } of templateChecks) {
      it(name, async () => {
        expect(await run(folder, await template())).toEqual([]);
      }, 60_000);
    }
    it('has an example', () => {
      expect(examples.length > 0).toEqual(true);
    });
    for (const example of examples) {
      describe(`example ${example.name}`, () => {
        it('is a valid context', () => {
          expect(example.issues).toEqual([]);
        });
        const { context } = example;
        if (context === undefined) return;
        it('renders the committed files', async () => {
          const { files, issues } = render(await template(), context);
          expect(issues).toEqual([]);
          for (const { path, text } of goldensOf(files)) await expect(text).toMatchFileSnapshot(join(example.folder, path));
        });
        for (const { name, run } of documentChecks) {
          it(name, async () => {
            const compiled = await template();
            const rendered: Rendered = render(compiled, context);
            expect(await run({ template: compiled, context, rendered })).toEqual([]);
          }, 60_000);
        }
      });
    }
  });
}
