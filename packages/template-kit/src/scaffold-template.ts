/** A file of a new template: path in its folder, with `/`, and text. */
export interface ScaffoldFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The files of a new template, which compile, render and pass the conformance test once its expected documents are written
 * (`npx vitest run -u`). The caller writes them.
 * @param name lower-case words joined by hyphens; throws a `RangeError` for another one
 */
export function scaffoldTemplate(name: string): readonly ScaffoldFile[] {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) throw new RangeError(`'${name}' is no name of a template: lower-case words joined by hyphens are`);
  const title = name.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase());
  return [
    { path: 'package.json', text: `${JSON.stringify(manifest(name), null, 2)}\n` },
    { path: 'document.md.eta', text: document(name, title) },
    { path: 'sections/migrations.md.eta', text: migrations },
    { path: 'sections/checklist.md.eta', text: checklist },
    { path: 'sections/questions.md.eta', text: questions },
    { path: 'schema.json', text: `${JSON.stringify({ requires: ['/title', '/sequence/migrations/*/purpose'], options: {} }, null, 2)}\n` },
    { path: 'examples/refunds/context.yaml', text: context },
    { path: 'src/index.ts', text: "export { template } from './generated/template.js';\n" },
    { path: 'template.test.ts', text: test },
    { path: 'README.md', text: `# ${title}\n\nA planwright template. For whom it is, and an excerpt of a document it makes.\n` },
  ];
}

function manifest(name: string): unknown {
  return {
    name: `planwright-template-${name}`,
    version: '0.1.0',
    type: 'module',
    sideEffects: false,
    exports: { '.': { types: './src/generated/template.d.ts', default: './src/generated/template.js' } },
    files: ['src/generated'],
    scripts: { generate: 'planwright-template', test: 'vitest run', prepack: 'planwright-template' },
    dependencies: { '@planwright/spec': '^0.1.0' },
    devDependencies: { '@planwright/template-kit': '^0.1.0', vitest: '^4.1.0' },
  };
}

function document(name: string, title: string): string {
  return `---
name: ${name}
title: ${title}
description: For whom this document is, in one sentence.
file: ${name}.md
headings: ['# …', '## Migrations', '## Checklist']
---
# <%= it.title %>

<%= blocks('', section('migrations'), section('checklist'), section('questions')) %>
`;
}

const migrations = `## Migrations

<%= header('Migration', 'Purpose', 'Lock') %>
<% for (const migration of it.sequence.migrations) { -%>
| <%= code(migration.name) %> | <%= migration.purpose %> | <%= say.lock(migration.verdicts?.lock) %> |
<% } -%>

<% for (const migration of it.sequence.migrations) { -%>
<%= sqlBlock(...migration.statements.map((statement) => statement.sql)) %>
<% } -%>
`;

const checklist = `## Checklist

<% for (const migration of it.sequence.migrations) { -%>
<%= item(\`checklist.reviewed.\${migration.id}\`, md\`\${code(migration.name)} is reviewed\`) %>
<% } -%>
`;

const questions = `<% if (it.questions.length > 0) { -%>
## Open Questions

<% for (const question of it.questions) { -%>
- <%= question.id %>: <%= question.question %>
<% } -%>
<% } -%>
`;

const context = `title: Refunds of orders
target: { database: postgresql, version: '15' }
change:
  migrations:
    - id: 0001_refunds
      file: migrations/0001_refunds.sql
      statements:
        - sql: CREATE TABLE refunds (id bigint PRIMARY KEY, order_id bigint NOT NULL)
          operations:
            - type: createTable
              table: { name: refunds, columns: [{ name: id, type: bigint, notNull: true }, { name: order_id, type: bigint, notNull: true }] }
`;

const test = `import { describeTemplate } from '@planwright/template-kit';
import { describe, expect, it } from 'vitest';

describeTemplate(import.meta.url, { describe, expect, it });
`;
