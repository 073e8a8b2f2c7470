import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderChecklist } from '../fixtures/checklist.js';
import { carry } from './carry.js';
import { readState } from './read-state.js';

const entry = { at: '2026-11-20T10:30:00Z', author: 'Planner', text: 'Plan written.' };
const plan = { migrations: ['001', '002', '003'], log: [entry] };
const { text, companion } = renderChecklist(plan);
const read = (document: string) => readState(document, companion, { template: 'checklist', file: 'checklist.md' });
/** The document after an edit, which must have changed something. */
const edit = (from: string | RegExp, to: string, document = text) => {
  const result = document.replace(from, () => to);
  if (result === document) throw new Error(`the document has no ${from}`);
  return result;
};

describe('a document', () => {
  it('that nobody has touched has nothing of its readers but its log', () => {
    const { state, edited, issues } = read(text);
    expect({ edited, issues }).toEqual({ edited: false, issues: [] });
    expect(Object.values(state.ticks)).toEqual(Array(6).fill(false));
    expect(state).toMatchObject({ cells: {}, notes: {}, log: '### 2026-11-20T10:30:00Z - Planner\n\nPlan written.' });
  });

  it.each(['- [x] File', '- [X] File', '* [x] File', '- [ x ] File'])('has a ticked box: %s', (box) => {
    const { state, edited } = read(edit('- [ ] File', box));
    expect(edited).toBe(box.startsWith('*'));
    expect(state.ticks['validation.001.file']).toBe(true);
    expect(state.ticks['validation.002.file']).toBe(false);
  });

  it('has an edited status', () => {
    expect(read(edit('| 002 | Pending |', '| 002 | 🧪 Testing, `staging` |'))).toMatchObject({
      edited: false,
      state: { cells: { 'status.002': '🧪 Testing, `staging`' } },
    });
  });

  it('has an emptied cell', () => {
    expect(read(edit('| 002 | Pending |', '| 002 |  |'))).toMatchObject({ edited: false, state: { cells: { 'status.002': '' } } });
  });

  it('has a cell with an escaped bar', () => {
    expect(read(edit('| 003 | Pending |', '| 003 | a \\| b |'))).toMatchObject({ edited: false, state: { cells: { 'status.003': 'a \\| b' } } });
  });

  it('has a note of several paragraphs, with headings, rules, boxes and fences', () => {
    const note =
      'Ana asked twice.\n\n# Not a section\n\n---\n\n- [x] my own box\n\n```sql\n## References\n-- SELECT 1\n```\n\n### Deeper\n\n| a | b |\n| --- | --- |\n| 001 | Pending |';
    expect(read(edit('None yet.', note))).toMatchObject({ edited: false, state: { notes: { 'notes.free': note } } });
  });

  it('has a note written where there was none, and one that was deleted', () => {
    const written = edit('## Decisions\n', '## Decisions\n\nWe wait.\n');
    expect(read(edit('None yet.', '', written))).toMatchObject({ edited: false, state: { notes: { 'notes.free': '', 'notes.decisions': 'We wait.' } } });
  });

  it('has log entries appended by hand', () => {
    const added = `${text}\n### 2026-12-01T09:00:00Z - Monitor\n\nRun 1 done.\n\n## Wrong level, but text\n\n- [ ] call Ana\n`;
    const { state, edited } = read(added);
    expect(edited).toBe(false);
    expect(state.log).toBe(
      `### 2026-11-20T10:30:00Z - Planner\n\nPlan written.\n\n### 2026-12-01T09:00:00Z - Monitor\n\nRun 1 done.\n\n## Wrong level, but text\n\n- [ ] call Ana`,
    );
  });

  it('has a log without an entry, whose placeholder goes with the first one', () => {
    const empty = renderChecklist({ migrations: ['001'] });
    const { state } = readState(empty.text, empty.companion);
    expect(renderChecklist({ migrations: ['001'] }, state).text).toBe(empty.text);
    const filled = renderChecklist({ migrations: ['001'], log: [entry] }, state);
    expect(filled.text).not.toContain('No entry yet');
    expect(filled.text).toContain('Plan written.');
  });

  it('may come back with a byte order mark, CRLF, no spaces at line ends, and padded tables', () => {
    const padded = edit(
      '| 001 | Pending | None |',
      '| 001       | Testing | None       |',
      edit(
        '| Migration | Status | Depends on |\n| --- | --- | --- |',
        '| Migration | Status  | Depends on |\n|-----------|:------:|------------|'.replace(':------:', '---------'),
      ),
    );
    const saved = `\uFEFF${padded.replace(/ +$/gm, '').replace('- [ ] File', '- [x] File').replaceAll('\n', '\r\n')}\r\n\r\n`;
    expect(read(saved)).toMatchObject({ edited: false, issues: [], state: { cells: { 'status.001': 'Testing' }, ticks: { 'validation.001.file': true } } });
  });
});

describe('an edit elsewhere', () => {
  it.each([
    ['a changed line', '**Date**: 2026-11-20', '**Date**: 2026-11-21', '**Date**: 2026-11-21  '],
    ['a changed label of a box', 'Way back of 002', 'Way out of 002', '  - [ ] Way out of 002 tested'],
    ['an added row', '| 003 | Pending | None |', '| 003 | Pending | None |\n| 004 | Pending | None |', '| 004 | Pending | None |'],
    ['a changed cell that is no slot', '| 003 | Pending | None |', '| 003 | Pending | Some |', '| 003 | Pending | Some |'],
    ['a removed section', '## References\n\n- docs/data.md\n', '', '---'],
    ['a line before the first', '# Migration Plan', 'Read this!\n\n# Migration Plan', 'Read this!'],
    ['a box in a fence that is text', '- [ ] a box that is text', '- [x] a box that is text', '- [x] a box that is text'],
    ['a bar that breaks the row', '| 001 | Pending |', '| 001 | Pen | ding |', '| 001 | Pen | ding | None |'],
  ])('is found and placed: %s', (_, from, to, found) => {
    const document = edit(from, to);
    const { edited, issues } = read(document);
    expect(edited).toBe(true);
    expect(issues[0]).toMatchObject({ code: 'edited-document', file: 'checklist.md' });
    expect(document.split('\n')[(issues[0]?.line ?? 0) - 1]).toBe(found);
  });

  it('is found at the end of a document that has nothing for readers there', () => {
    const bare = renderChecklist({ migrations: ['001'], withNotes: false });
    const cut = bare.text.slice(0, bare.text.indexOf('## References'));
    expect(readState(cut, bare.companion)).toMatchObject({
      edited: true,
      issues: [
        { code: 'edited-document', message: expect.stringContaining('the end of the document') },
        { code: 'slot-not-found', message: expect.stringContaining("no log 'Communication Log'") },
      ],
    });
  });

  it('loses nothing: boxes, cells, notes and log are found all the same', () => {
    let document = edit('- [ ] File', '- [x] File');
    document = edit('| 003 | Pending |', '| 003 | Applied |', document);
    document = edit('None yet.', 'Keep me.\n\n## References of mine', document);
    document = `${document}\n### 2026-12-01T09:00:00Z - Monitor\n\nDone.\n`;
    // Sections change places, a heading changes, lines come and go.
    const [head = '', one = '', ...rest] = document.split('### Migration ');
    const moved = [head, rest[0], one, ...rest.slice(1)]
      .join('### Migration ')
      .replace('# Migration Plan: Invoice currencies', '# Our plan')
      .replace('- docs/data.md', '- docs/data.md\n- docs/more.md');
    const { state, edited, issues } = read(moved);
    expect(edited).toBe(true);
    expect(issues.map(({ code }) => code)).toEqual(['edited-document']);
    expect(state.ticks).toMatchObject({ 'validation.001.file': true, 'validation.002.file': false, 'validation.003.file': false });
    expect(state.cells).toEqual({ 'status.003': 'Applied' });
    expect(state.notes).toEqual({ 'notes.free': 'Keep me.\n\n## References of mine' });
    expect(state.log).toContain('- Monitor\n\nDone.');
  });

  it('says which slot it could not find', () => {
    const { issues } = read(edit('Way back of 002 tested', 'It was tested'));
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual([
      ['edited-document', undefined],
      ['slot-not-found', 'warning'],
    ]);
    expect(issues[1]?.message).toContain("no box 'Way back of 002 tested' (validation.002.back)");
  });
});

describe('a document that is not ours', () => {
  it('has no companion, and is not read', () => {
    expect(readState(text, undefined, { file: 'checklist.md' })).toMatchObject({
      edited: true,
      state: { ticks: {} },
      issues: [{ code: 'no-companion', file: 'checklist.md' }],
    });
  });

  it('has that of another template', () => {
    expect(readState(text, companion, { template: 'tracker' }).issues).toMatchObject([
      { code: 'other-template', message: "found a document of the template 'checklist': expected one of 'tracker'" },
    ]);
  });
});

describe('carrying', () => {
  const before = read(edit('- [ ] File', '- [x] File', edit('| 001 | Pending |', '| 001 | Applied |', edit('None yet.', 'Keep me.'))));

  it('keeps what has a place in the new document', () => {
    const next = renderChecklist({ ...plan, migrations: ['000', '001', '002', '003'] });
    expect(carry(before.state, next.companion.items ?? [])).toEqual({ state: before.state, issues: [] });
  });

  it('reports a tick, a cell and a note whose places are gone, with what was written there', () => {
    const next = renderChecklist({ migrations: ['002'], withNotes: false });
    const { state, issues } = carry(before.state, next.companion.items ?? [], companion.items);
    expect(state).toMatchObject({ ticks: { 'validation.002.file': false }, cells: {}, notes: {} });
    expect(issues.map(({ code, severity, message, hint }) => [code, severity, message, hint])).toEqual([
      [
        'tick-lost',
        'warning',
        "found the ticked box 'File is written' (validation.001.file) in the existing document, but the new one has no such place",
        'Tick what replaces it.',
      ],
      [
        'cell-lost',
        'warning',
        "found the cell '001, Status' with 'Applied' (status.001) in the existing document, but the new one has no such place",
        'Write the value where it belongs now.',
      ],
      ['note-lost', 'warning', 'found a note (notes.free) in the existing document, but the new one has no such place', 'It said: Keep me.'],
    ]);
  });

  it('reports a log that has no place', () => {
    expect(carry({ ticks: {}, cells: {}, notes: {}, log: 'x' }, []).issues).toMatchObject([{ code: 'log-lost', hint: 'It said: x' }]);
  });
});

describe('any edit of readers', () => {
  // What a reader may type: Markdown with everything that a document itself is made of.
  const line = fc.oneof(
    fc.constantFrom(
      '',
      '---',
      '## References',
      '## Notes',
      '## Decisions',
      '# Top',
      '### Migration 001',
      '- [ ] File is written',
      '- [x] done',
      '| 001 | Pending | None |',
      '| --- | --- |',
      '```',
      '~~~~',
      '> quote',
      '    code',
      'None yet.',
      '## Communication Log',
      '<!-- -->',
      '**Validation:**',
    ),
    fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) => value.replace(/[\r\n\u2028\u2029\u0085\v\f\0]|\p{Cc}|\p{Noncharacter_Code_Point}/gu, '')),
  );
  const paragraphs = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n').trim());
  const cell = fc.oneof(
    fc.constantFrom('Testing', 'Applied', '', '⏳', 'a \\| b', '`x`', '<br>'),
    fc.string({ maxLength: 12 }).map((value) => value.replace(/[\\|`\s]|\p{Cc}/gu, '').trim()),
  );

  it('survives render, edit, read, render and read', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        fc.array(cell, { minLength: 3, maxLength: 3 }),
        paragraphs,
        paragraphs,
        paragraphs,
        fc.boolean(),
        (ticks, cells, note, decision, log, crlf) => {
          let box = 0;
          let row = 0;
          let document = text.replace(/^( *- )\[ \] (?=File|Way)/gm, (_, start: string) => `${start}[${ticks[box++] ? 'x' : ' '}] `);
          document = document.replace(/\| Pending \|/g, () => `| ${cells[row++]} |`);
          document = document.replace('None yet.', () => note).replace('## Decisions\n', () => `## Decisions\n\n${decision}\n`);
          if (log !== '') document = `${document}\n### 2026-12-01T09:00:00Z - Monitor\n\n${log}\n`;
          const first = read(crlf ? document.replaceAll('\n', '\r\n') : document);
          expect(first.issues).toEqual([]);
          const second = renderChecklist(plan, first.state);
          const again = readState(second.text, second.companion, { template: 'checklist' });
          expect(again.issues).toEqual([]);
          expect(renderChecklist(plan, again.state).text).toBe(second.text);
          expect(Object.values(again.state.ticks)).toEqual(ticks);
          expect(Object.values({ ...{ 'status.001': 'Pending', 'status.002': 'Pending', 'status.003': 'Pending' }, ...again.state.cells })).toEqual(cells);
          // Nothing that was typed is gone, whichever of two neighbouring notes it is counted to.
          for (const typed of [note, decision, log]) for (const part of typed.split('\n')) expect(second.text).toContain(part.trimEnd());
        },
      ),
      { numRuns: 400 },
    );
  });

  it('survives a plan that grows', () => {
    fc.assert(
      fc.property(
        fc.subarray(['001', '002', '003', '004'], { minLength: 1 }),
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        paragraphs,
        (migrations, ticks, note) => {
          const old = renderChecklist({ migrations });
          let box = 0;
          const edited = old.text
            .replace(/^( *- )\[ \] (?=File|Way)/gm, (_, start: string) => `${start}[${ticks[box++] ? 'x' : ' '}] `)
            .replace('None yet.', () => note);
          const { state } = readState(edited, old.companion);
          const grown = renderChecklist({ migrations: ['000', '001', '002', '003', '004'] }, state);
          const after = readState(grown.text, grown.companion);
          expect(carry(state, grown.companion.items ?? []).issues).toEqual([]);
          expect(after.state.ticks).toMatchObject(state.ticks);
          expect(after.edited).toBe(false);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is read without throwing, however little of the document is left', () => {
    const broken = fc.tuple(fc.nat(text.length), fc.nat(400), paragraphs).map(([at, length, part]) => text.slice(0, at) + part + text.slice(at + length));
    fc.assert(
      fc.property(fc.oneof(broken, fc.string(), paragraphs), (document) => {
        const { edited, issues } = read(document);
        expect(issues.length > 0).toBe(edited);
        expect(issues.length).toBeLessThan(13);
      }),
      { numRuns: 300 },
    );
  });
});
