// Rendering a compiled template against the same document, hand-written in template literals that escape as well.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cell, code, fence, heading, render, text } from '@planwright/renderer';
import { loadTemplate } from '@planwright/template-kit';
import { interleaved } from '../interleaved.mjs';

const folder = mkdtempSync(join(tmpdir(), 'planwright-bench-'));
mkdirSync(join(folder, 'sections'));
const files = {
  'document.md.eta':
    '---\nname: bench\ntitle: Bench\nfile: bench.md\n---\n# Plan: <%= it.title %>\n\n<%= blocks("", section("migrations"), section("sql")) %>\n',
  'sections/migrations.md.eta': `## Migrations

<%= header('Migration', 'File', 'Purpose', 'Operation') %>
<% for (const migration of it.sequence.migrations) { -%>
| <%= migration.id %> | <%= code(migration.file) %> | <%= migration.purpose %> | <%= say.operation(migration.statements[0].operations[0]) %> |
<% } -%>

<% for (const migration of it.sequence.migrations) { -%>
- <%= migration.title %>: <%= migration.purpose %>
<% } -%>
`,
  'sections/sql.md.eta': '## SQL\n\n```sql\n<% for (const migration of it.sequence.migrations) { -%>\n<%= migration.statements[0].sql %>;\n<% } -%>\n```\n',
};
for (const [name, body] of Object.entries(files)) writeFileSync(join(folder, name), body);
const { template, issues } = await loadTemplate(folder);
rmSync(folder, { recursive: true });
assert.deepEqual(issues, []);

function byHand({ title, sequence: { migrations } }) {
  return `# Plan: ${heading(title)}

## Migrations

| Migration | File | Purpose | Operation |
| --- | --- | --- | --- |
${migrations.map((one) => `| ${cell(one.id)} | ${code(one.file).inCell} | ${cell(one.purpose)} | ${cell(`ADD COLUMN ${one.statements[0].operations[0].column.name}`)} |`).join('\n')}

${migrations.map((one) => `- ${text(one.title)}: ${text(one.purpose, 'inside')}`).join('\n')}

## SQL

${fence('sql', migrations.map((one) => `${one.statements[0].sql};`).join('\n'))}
`;
}

function contextOf(operations) {
  const migrations = Array.from({ length: operations }, (_, index) => {
    const column = `currency_code_${index}`;
    return {
      id: String(index + 1).padStart(3, '0'),
      name: `add_${column}`,
      title: `Add ${column} to orders`,
      file: `migrations/${index}_add_${column}.sql`,
      purpose: `The currency of an order (${index}), so that the shop can bill in it & report it`,
      statements: [
        {
          sql: `ALTER TABLE orders ADD COLUMN ${column} char(3)`,
          operations: [{ type: 'addColumn', table: 'orders', column: { name: column, type: 'char(3)' } }],
        },
      ],
    };
  });
  return {
    title: 'Multi-currency orders',
    target: { database: 'postgresql' },
    change: { migrations: [{ id: 'a', statements: [] }] },
    sequence: { migrations },
  };
}

const repeat = (run, calls) => () => {
  for (let call = 0; call < calls; call++) run();
};

for (const operations of [5, 100, 10_000]) {
  const context = contextOf(operations);
  const rendered = () => render(template, context).files[0].text;
  assert.equal(rendered(), byHand(context));
  const calls = Math.max(1, Math.round(20_000 / operations));
  const few = Math.max(1, Math.round(calls / 10));
  const taken = await interleaved({
    hand: repeat(() => byHand(context), calls),
    ours: repeat(rendered, calls),
    companion: repeat(() => render(template, context).files[1].text, few),
  });
  const [hand, ours, companion] = [taken.hand / calls, taken.ours / calls, taken.companion / few];
  const micro = (ms) => `${((ms * 1000) / operations).toFixed(2)} µs`;
  process.stdout.write(
    `${String(operations).padStart(6)} operations: by hand ${hand.toFixed(3)} ms (${micro(hand)} each), rendered ${ours.toFixed(3)} ms (${micro(ours)} each), ${(ours / hand).toFixed(2)}×; with companion ${companion.toFixed(3)} ms\n`,
  );
}
