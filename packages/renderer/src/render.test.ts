import type { CompiledTemplate, Context } from '@planwright/spec';
import { describe, expect, it } from 'vitest';
import { render } from './render.js';
import type { Scope } from './scope.js';
import type { View } from './view.js';

/** A template whose body is one function, as the kit would compile it. */
function template(body: (view: View, scope: Scope) => string, more: Partial<CompiledTemplate> = {}): CompiledTemplate {
  // The renderer hands a view and a scope to every section.
  const section = body as CompiledTemplate['sections'][string];
  return {
    format: 1,
    manifest: { name: 'toy', title: 'Toy', file: 'plan.md' },
    version: '1.0.0',
    requires: [],
    defaults: {},
    outputs: [{ name: 'document', file: 'plan.md', body: section }],
    sections: {},
    ...more,
  };
}

const context: Context = {
  title: 'Refunds',
  target: { database: 'postgresql' },
  change: { migrations: [{ id: '0001_refunds', statements: [{ sql: 'SELECT 1', operations: [] }] }] },
};
const document = (made: ReturnType<typeof render>) => made.files[0]!.text;
const companion = (made: ReturnType<typeof render>) => JSON.parse(made.files[1]!.text);

describe('missing values', () => {
  const requires = [
    { pointer: '/delegation/assignee', question: 'Who does the work?', askedOf: 'team lead' },
    { pointer: '/risks', list: true, question: 'What may go wrong?' },
    { pointer: '/sequence/migrations/*/purpose', question: 'What is {id} for?' },
  ];
  const body = (it: View, $: Scope) =>
    `${$.$text(it.delegation!.assignee!)}\n${$.isOpen(it.risks)} ${it.risks!.length}\n${$.code(it.sequence.migrations[0]!.purpose!)}\n`;

  it('print as references to questions that are listed once', () => {
    const made = render(template(body, { requires }), context);
    expect(document(made)).toBe('*open: Q-delegation-assignee*\ntrue 0\n*open: Q-migration-0001_refunds-purpose*\n');
    expect(made.questions).toEqual([
      { id: 'Q-delegation-assignee', pointer: '/delegation/assignee', question: 'Who does the work?', askedOf: 'team lead' },
      { id: 'Q-risks', pointer: '/risks', question: 'What may go wrong?' },
      { id: 'Q-migration-0001_refunds-purpose', pointer: '/sequence/migrations/0/purpose', question: 'What is 0001_refunds for?' },
    ]);
  });

  it("take the id and wording of the plan's own question", () => {
    const own = { id: 'Q7', pointer: '/delegation/assignee', question: 'Which team?' };
    const made = render(template(body, { requires }), { ...context, questions: [own] });
    expect(document(made)).toMatch(/^\*open: Q7\*\n/);
    expect(made.questions.map(({ id }) => id)).toEqual(['Q7', 'Q-risks', 'Q-migration-0001_refunds-purpose']);
  });

  it('are not missing when an empty list was given', () => {
    const made = render(
      template((it, $) => `${$.isOpen(it.risks)}`, { requires }),
      { ...context, risks: [] },
    );
    expect(document(made)).toBe('false\n');
  });

  it('are asked only where their condition holds', () => {
    const conditional = [{ pointer: '/pattern', question: 'Which pattern?', when: { '/classification/changeType': ['breaking'] } }];
    const ask = (changeType: 'breaking' | 'additive') =>
      render(
        template(() => 'x', { requires: conditional }),
        { ...context, classification: { changeType } },
      ).questions.length;
    expect([ask('breaking'), ask('additive')]).toEqual([1, 0]);
  });

  it('do not change the context', () => {
    const before = JSON.stringify(context);
    render(template(body, { requires }), context);
    expect(JSON.stringify(context)).toBe(before);
  });
});

describe('refusals', () => {
  const codes = (template: CompiledTemplate, value: unknown) => render(template, value as Context).issues.map(({ code }) => code); // contexts that are none
  it('name what rendering has no sense without', () => {
    expect(
      codes(
        template(() => 'x'),
        {},
      ),
    ).toEqual(['no-database', 'no-migrations']);
  });

  it('name a database that the template does not speak of', () => {
    expect(
      codes(
        template(() => 'x', { manifest: { name: 'toy', title: 'Toy', file: 'plan.md', databases: ['mysql'] } }),
        context,
      ),
    ).toEqual(['unsupported-database']);
  });
});

describe('slots', () => {
  const body = (_: View, $: Scope) =>
    `# Plan\n\n## Tables\n\n${$.header('Table', 'Status')}\n${$.row('orders', $.cell('status.orders', 'Pending'))}\n\n## Checks\n\n${$.item('check.backup', 'A backup is there')}\n\n## Notes\n\n${$.note('notes', 'None.')}\n\n## End\n`;
  const first = render(template(body), context);

  it('are in the companion with the place where they stand', () => {
    expect(
      companion(first).items.map(({ id, kind, line, place, row, column, before, after }: Record<string, unknown>) => ({
        id,
        kind,
        line,
        place,
        row,
        column,
        before,
        after,
      })),
    ).toEqual([
      { id: 'status.orders', kind: 'cell', line: 7, place: ['Plan', 'Tables'], row: 'orders', column: 'Status' },
      { id: 'check.backup', kind: 'tick', line: 11, place: ['Plan', 'Checks'] },
      { id: 'notes', kind: 'note', line: 15, place: ['Plan', 'Notes'], before: '## Notes', after: '## End' },
    ]);
  });

  it('keep what readers changed, and the document around them stays the same', () => {
    const changed = render(template(body), context, {
      state: { ticks: { 'check.backup': true }, cells: { 'status.orders': 'Applied | done' }, notes: { notes: 'Called Ana.\n\nShe agrees.' } },
    });
    expect(document(changed)).toContain('| orders | Applied \\| done |');
    expect(document(changed)).toContain('- [x] A backup is there');
    expect(document(changed)).toContain('## Notes\n\nCalled Ana.\n\nShe agrees.\n\n## End');
    expect(companion(changed).document).toBe(companion(first).document);
  });

  it('whose ids come out alike are told apart', () => {
    const made = render(
      template((_, $) => `${$.item('a', 'one')}\n${$.item('a', 'two')}\n`),
      context,
    );
    expect(companion(made).items.map(({ id }: { readonly id: string }) => id)).toEqual(['a', 'a.2']);
  });
});

it('gives the log the entries of the plan that are not there yet', () => {
  const log = [
    { at: '2026-05-06T09:00:00Z', author: 'Planner', text: 'Plan written.' },
    { at: '2026-05-07T09:00:00Z', author: 'Planner', text: 'Plan changed.' },
  ];
  const made = template((_, $) => `## Log\n\n${$.log()}`);
  const entry = '### 2026-05-06T09:00:00Z - Planner\n\nPlan written.';
  const text = document(render(made, { ...context, log }, { state: { log: `${entry}\n\n### 2026-05-06T12:00:00Z - Ana\n\nRead.` } }));
  expect(text).toBe(`## Log\n\n${entry}\n\n### 2026-05-06T12:00:00Z - Ana\n\nRead.\n\n### 2026-05-07T09:00:00Z - Planner\n\nPlan changed.\n`);
});

it('throws for a value that is not there, instead of printing it', () => {
  const value = undefined as unknown as string; // what an untyped section would print
  expect(() =>
    render(
      template((_, $) => $.$text(value)),
      context,
    ),
  ).toThrow('a value to print is text, a number or Markdown, not undefined');
});

it('takes its date from the clock that it is given', () => {
  const made = render(
    template((it) => String(it.dates?.generated)),
    context,
    { now: '2026-11-20T10:30:00Z' },
  );
  expect(document(made)).toBe('2026-11-20T10:30:00Z\n');
  expect(companion(made).generated).toBe('2026-11-20T10:30:00Z');
});

it('hashes the context whatever the order of its keys', () => {
  const turned = Object.fromEntries(Object.entries(context).reverse()) as unknown as Context; // the same members
  const hash = (one: Context) =>
    companion(
      render(
        template(() => 'x'),
        one,
      ),
    ).context;
  expect(hash(turned)).toBe(hash(context));
  expect(hash({ ...context, title: 'Other' })).not.toBe(hash(context));
});
