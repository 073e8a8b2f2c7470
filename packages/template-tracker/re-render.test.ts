import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readState } from '@planwright/document';
import { type ReaderState, render } from '@planwright/renderer';
import type { Companion, CompiledTemplate, Context } from '@planwright/spec';
import { loadTemplate, readExamples } from '@planwright/template-kit';
import { beforeAll, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('.', import.meta.url));
let template: CompiledTemplate;
let context: Context;

beforeAll(async () => {
  const loaded = await loadTemplate(folder);
  if (loaded.template === undefined) throw new Error(JSON.stringify(loaded.issues));
  template = loaded.template;
  const found = readExamples(folder).find(({ name }) => name === 'team-messaging')?.context;
  if (found === undefined) throw new Error('the example is not a valid context');
  context = found;
});

const textOf = (made = context, state?: ReaderState) => render(template, made, { ...(state !== undefined && { state }) }).files[0]?.text ?? '';

/** The document as somebody left it: 001 and 002 ticked, one item of 003, and a paragraph of their own under Notes. */
function worked(): string {
  const blocks = textOf().split(/(?=^### Migration )/m);
  const ticked = blocks.map((block) =>
    /^### Migration 00[12]:/.test(block)
      ? block.replaceAll('- [ ]', '- [x]')
      : block.startsWith('### Migration 003:')
        ? block.replace('- [ ]', '- [x]')
        : block,
  );
  return ticked.join('').replace('## Notes\n', '## Notes\n\nThe preview of R7 goes on until Easter.\n');
}

function readBack(text: string): ReaderState {
  const [, companion] = render(template, context).files;
  // The renderer wrote it.
  const { state, edited, issues } = readState(text, JSON.parse(companion?.text ?? '{}') as Companion, { template: 'tracker' });
  expect({ edited, issues }).toEqual({ edited: false, issues: [] });
  return state;
}

function withStatus(id: string, state: 'complete' | 'testing'): Context {
  const migrations = context.sequence?.migrations.map((migration) => (migration.id === id ? { ...migration, status: { state } } : migration)) ?? [];
  return { ...context, sequence: { ...context.sequence, migrations } };
}

it('keeps the ticks of 001 and 002 and the note, and reports 003 set Complete with items that are not ticked', () => {
  const next = render(template, withStatus('003', 'complete'), { state: readBack(worked()) });
  const text = next.files[0]?.text ?? '';
  expect(text).toContain('| profiles | ADD COLUMN last_seen_at | `003_add_profiles_last_seen_at.py` | ✅ Complete | None |');
  expect(text).toContain('The preview of R7 goes on until Easter.');
  for (const block of text.split(/(?=^### Migration )/m).filter((one) => /^### Migration 00[12]:/.test(one))) expect(block).not.toContain('- [ ]');
  expect(next.issues.map(({ code, message }) => [code, message.replace(/:.*/s, '')])).toEqual([
    ['status-unticked', 'Migration 003 is Complete, but 4 of its 5 items are not ticked'],
  ]);
});

it('reports nothing of a document that nobody has worked on', () => {
  expect(render(template, context).issues).toEqual([]);
});

it('keeps a status that a reader wrote, and reports one that skips a step', () => {
  const one = render(template, context, { state: { cells: { 'status.005': '🚧 In Progress', 'status.006': '🚀 Applied (production)' } } });
  expect(one.files[0]?.text).toContain('`005_rls_channels_messages.py` | 🚧 In Progress |');
  expect(one.issues.map(({ code, pointer }) => [code, pointer])).toEqual([['status-move', '/sequence/migrations/5/status/state']]);
});

it('lets a status go back to In Progress, and to nothing else', () => {
  const issuesOf = (cell: string) =>
    render(template, withStatus('003', 'complete'), { state: { cells: { 'status.003': cell } } }).issues.map(({ code }) => code);
  expect(issuesOf('🚧 In Progress')).toEqual([]);
  expect(issuesOf('🧪 Testing')).toEqual(['status-move']);
  expect(issuesOf('⏳ Pending')).toEqual(['status-move']);
});

it('reports a status that is none of the legend', () => {
  expect(render(template, context, { state: { cells: { 'status.006': 'done' } } }).issues.map(({ code }) => code)).toEqual(['cell-value']);
});

it('prints the command that takes back everything only on request', () => {
  expect(textOf()).not.toContain('downgrade base');
  const asked = textOf({ ...context, options: { tracker: { rollbackAll: true } } });
  expect(asked).toContain('# Rollback all migrations (destructive)\ncd api\nuv run alembic downgrade base\n');
  expect(asked).toContain('never for production');
});

it('keeps development fixtures out of the required scripts', () => {
  const required = /\*\*Required seed scripts:\*\*\n((?:- .*\n)+)/.exec(textOf())?.[1] ?? '';
  expect(required).toContain('seed_channels.sql');
  expect(required).not.toContain('dev');
});

it('shows in its README what the example renders to', () => {
  const sample = /````markdown\n([\s\S]*?)````/.exec(readFileSync(`${folder}README.md`, 'utf8'))?.[1] ?? '';
  const lines = new Set(textOf().split('\n'));
  expect(sample.split('\n').length).toBeGreaterThan(5);
  expect(sample.split('\n').filter((line) => !lines.has(line))).toEqual([]);
});
