// What people write into the documents of the official templates survives a render: the whole way of a tick, on every example.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { carry, readState } from '@planwright/document';
import { render } from '@planwright/renderer';
import type { Companion, CompiledTemplate } from '@planwright/spec';
import { loadTemplate, readExamples } from '@planwright/template-kit';
import { beforeAll, describe, expect, it } from 'vitest';

const packages = fileURLToPath(new URL('../../', import.meta.url));
const folders = readdirSync(packages)
  .filter((name) => name.startsWith('template-') && existsSync(join(packages, name, 'document.md.eta')))
  .map((name) => join(packages, name))
  .filter((folder) => readExamples(folder).length > 0);
const now = '2026-11-20T10:30:00Z';
const note = 'Asked the team.\n\n### Their answer\n\n- [x] fine\n\n```sql\n---\nSELECT 1\n```';
const entry = '### 2026-12-01T09:00:00Z - Monitor\n\nStep 1 done.\n\n---\n\nNo alert.';

describe.each(folders.map((folder) => [folder.slice(packages.length), folder] as const))('%s', (_, folder) => {
  let template: CompiledTemplate | undefined;
  beforeAll(async () => {
    ({ template } = await loadTemplate(folder));
  }, 120_000);

  it.each(readExamples(folder).map((example) => [example.name, example] as const))('%s keeps what readers write', (_name, { context }) => {
    if (template === undefined || context === undefined) throw new Error('the template and its example have to be sound');
    const documentOf = (state?: Parameters<typeof render>[2]) => {
      const { files } = render(template as CompiledTemplate, context, { now, ...state });
      // The second file is the companion that the renderer has just written.
      return { text: files[0]?.text ?? '', companion: JSON.parse(files[1]?.text ?? '{}') as Companion };
    };
    const first = documentOf();
    const untouched = readState(first.text, first.companion, { template: template.manifest.name });
    expect(untouched.issues).toEqual([]);
    expect(documentOf({ state: untouched.state }).text).toBe(first.text);

    const items = first.companion.items ?? [];
    const ofKind = (kind: string) => items.filter((item) => item.kind === kind);
    const written = {
      ticks: Object.fromEntries(ofKind('tick').map(({ id }, index) => [id, index % 2 === 0])),
      cells: Object.fromEntries(ofKind('cell').map(({ id, allowed, text }) => [id, allowed?.find((value) => value !== text) ?? 'In Progress'])),
      notes: Object.fromEntries(ofKind('note').map(({ id }) => [id, note])),
      ...(ofKind('log').length > 0 && { log: [untouched.state.log?.replace(/^No entry yet\.$/, ''), entry].filter(Boolean).join('\n\n') }),
    };
    const second = documentOf({ state: written });
    const { state, edited, issues } = readState(second.text.replaceAll('\n', '\r\n'), second.companion, { template: template.manifest.name });
    expect({ edited, issues }).toEqual({ edited: false, issues: [] });
    expect(state).toEqual(written);
    expect(carry(state, second.companion.items ?? []).issues).toEqual([]);
    expect(documentOf({ state }).text).toBe(second.text);

    // Somebody edited a line that is not theirs: it is found, and nothing of what was written is lost.
    const heading = second.text.match(/^## .*$/m)?.[0] ?? '# ';
    const changed = readState(
      second.text.replace(heading, () => `${heading} (draft)`),
      second.companion,
    );
    expect(changed.issues).toMatchObject([{ code: 'edited-document' }]);
    expect(second.text.split('\n')[(changed.issues[0]?.line ?? 0) - 1]).toBe(heading);
    expect(changed.state).toEqual(state);
  });
});
