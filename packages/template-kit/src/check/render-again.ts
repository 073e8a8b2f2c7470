import { readState } from '@planwright/document';
import { type ReaderState, render } from '@planwright/renderer';
import type { Companion, CompanionItem, Issue } from '@planwright/spec';
import type { RenderedExample } from './checks.js';

/** Renders once more as it was, and once with every slot changed: the first must give the same bytes, the second must keep each change. */
export function renderAgain({ template, context, rendered }: RenderedExample): readonly Issue[] {
  const issues: Issue[] = [];
  const again = render(template, context);
  for (const [index, { path, text }] of rendered.files.entries()) {
    if (again.files[index]?.text !== text) issues.push({ code: 'not-deterministic', message: 'a second render gives other bytes', file: path });
  }
  const companion = companionOf(rendered.files[1]?.text);
  const items = companion.items ?? [];
  const state = changedState(items);
  const changed = render(template, context, { state });
  const text = changed.files[0]?.text ?? '';
  const lost = items.filter((item) => !keeps(text, item, state));
  for (const { id, kind } of lost) issues.push({ code: 'state-lost', message: `what a reader changed in the ${kind} '${id}' is not in the next document` });
  // What a person would do: the changes stand in the document, and are read back by the companion of the render before.
  const read = readState(text, companion, { template: template.manifest.name });
  issues.push(...read.issues);
  if (render(template, context, { state: read.state }).files[0]?.text !== text) {
    issues.push({ code: 'state-lost', message: 'a document whose slots were changed, read back and rendered again, is another document' });
  }
  const after = companionOf(changed.files[1]?.text);
  if (after.document !== companion.document)
    issues.push({
      code: 'state-leaks',
      message: 'what readers change in slots changes the document around them',
      hint: 'A section must not read the state of a slot.',
    });
  return issues;
}

function companionOf(text: string | undefined): Companion {
  return JSON.parse(text ?? '{}') as Companion; // the renderer wrote it
}

const kept = 'kept by the reader';

function changedState(items: readonly CompanionItem[]): Required<ReaderState> {
  const of = (kind: CompanionItem['kind']) => items.filter((item) => item.kind === kind);
  return {
    ticks: Object.fromEntries(of('tick').map(({ id }) => [id, true])),
    cells: Object.fromEntries(of('cell').map(({ id, allowed }) => [id, allowed?.at(-1) ?? `${kept} ${id}`])),
    notes: Object.fromEntries(of('note').map(({ id }) => [id, `${kept}: ${id}`])),
    log: of('log').length > 0 ? `### 2026-01-02T03:04:05Z - a reader\n\n${kept}` : '',
  };
}

function keeps(text: string, { id, kind, text: shown = '' }: CompanionItem, state: Required<ReaderState>): boolean {
  if (kind === 'tick') return text.includes(`- [x] ${shown}`);
  if (kind === 'cell') return text.includes(`| ${state.cells[id]} |`);
  return text.includes(kind === 'note' ? (state.notes[id] ?? '') : state.log);
}
