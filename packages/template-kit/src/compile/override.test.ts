import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { render } from '@planwright/renderer';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readExamples } from '../examples.js';
import { loadTemplate } from '../load-template.js';
import { compileOverrides, overrideSection } from './override.js';

const toy = fileURLToPath(new URL('../fixtures/toy', import.meta.url));
let project = '';

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'planwright-override-'));
  mkdirSync(join(project, 'sections'));
});
afterEach(() => rmSync(project, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(project, 'sections', `${name}.md.eta`), text);

async function rendered() {
  const { template } = await loadTemplate(toy);
  const { sections, issues } = await compileOverrides(project);
  const result = render(template!, readExamples(toy)[0]!.context!, { sections });
  return { ...result, issues: [...issues, ...result.issues] };
}

it('replaces a section, adds before and after one, and says which layer each came from', async () => {
  write('head', '**Ticket**: <%= it.title %>  \n');
  write('tables.before', 'Read by the team of the shop.\n');
  write('tables.after', 'Ask in the channel first.\n');
  const { files, sections } = await rendered();
  expect(files[0]!.text).toContain('# Plan: Refunds of orders\n\n**Ticket**: Refunds of orders\n\nRead by the team of the shop.\n\n## Tables\n');
  expect(files[0]!.text).toContain('|\n\nAsk in the channel first.\n\n## Checklist');
  expect(sections.slice(0, 3)).toEqual([
    { section: 'head', layers: ['replaced'] },
    { section: 'tables', layers: ['before', 'base', 'after'] },
    { section: 'checklist', layers: ['base'] },
  ]);
});

it('names the file and line of a mistake in an override', async () => {
  write('head', 'fine\n<%~ it.title %>\n');
  const { issues } = await compileOverrides(project);
  expect(issues.map(({ code, file, line }) => ({ code, file, line }))).toEqual([{ code: 'raw-output', file: join(project, 'sections/head.md.eta'), line: 2 }]);
});

it('refuses an override of a section that is not there', async () => {
  write('heads', 'text');
  const { files, issues } = await rendered();
  expect(files).toEqual([]);
  expect(issues.map(({ code, message }) => `${code}: ${message}`)).toEqual(["unknown-section: template 'toy' has no section 'heads'"]);
});

it('gives the base of a section with a hash that changes when the base does', () => {
  const base = overrideSection(toy, 'head');
  expect(base?.file).toBe('head.md.eta');
  expect(base?.text).toContain('**Assigned to**');
  expect(base?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(overrideSection(toy, 'nothing')).toBeUndefined();
});
