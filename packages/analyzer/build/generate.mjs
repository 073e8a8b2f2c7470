// Lists the folders of src/frameworks and src/rules, so that a new framework or rule is a new folder and nothing else.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const source = new URL('../src/', import.meta.url);
const folders = readdirSync(new URL('frameworks/', source), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(new URL(`frameworks/${entry.name}/conventions.ts`, source)))
  .map((entry) => entry.name)
  .sort();
const identifier = (name) => name.replace(/[^a-z0-9]+(.)/g, (_, letter) => letter.toUpperCase());
const parts = (name) => ['conventions', 'detect', 'read'].filter((part) => existsSync(new URL(`frameworks/${name}/${part}.ts`, source)));
const imports = folders.flatMap((name) =>
  parts(name).map((part) => `import { ${part} as ${identifier(name)}${part[0].toUpperCase()}${part.slice(1)} } from '../frameworks/${name}/${part}.js';`),
);
const entries = folders.map(
  (name) =>
    `  { id: '${name}', ${parts(name)
      .map((part) => `${part}: ${identifier(name)}${part[0].toUpperCase()}${part.slice(1)}`)
      .join(', ')} },`,
);
const text = `// Made from the folders of src/frameworks by build/generate.mjs.
${imports.join('\n')}
import type { FrameworkEntry } from '../frameworks/framework.js';

export const frameworks: readonly FrameworkEntry[] = [
${entries.join('\n')}
];
`;
mkdirSync(new URL('generated/', source), { recursive: true });
writeFileSync(new URL('generated/frameworks.ts', source), text);

const ruleFolders = readdirSync(new URL('rules/', source), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((database) =>
    readdirSync(new URL(`rules/${database.name}/`, source), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(new URL(`rules/${database.name}/${entry.name}/rule.ts`, source)))
      .map((entry) => ({ database: database.name, id: entry.name })),
  )
  .sort((one, other) => (one.id < other.id ? -1 : 1));
writeFileSync(
  new URL('generated/rules.ts', source),
  `// Made from the folders of src/rules by build/generate.mjs.
${ruleFolders.map(({ database, id }) => `import ${identifier(id)} from '../rules/${database}/${id}/rule.js';`).join('\n')}
import type { KnownRule } from '../rules/rule.js';

export const rules: readonly KnownRule[] = [
${ruleFolders.map(({ database, id }) => `  { id: '${id}', database: '${database}', ...${identifier(id)} },`).join('\n')}
];
`,
);
const example = (database, id, name) => {
  const file = new URL(`rules/${database}/${id}/${name}.sql`, source);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
};
writeFileSync(
  new URL('generated/rule-examples.ts', source),
  `// Made from the SQL files of src/rules by build/generate.mjs.
import type { RuleExample } from '../rules/rule-example.js';

export const ruleExamples: Readonly<Record<string, RuleExample>> = ${JSON.stringify(
    Object.fromEntries(
      ruleFolders.map(({ database, id }) => [
        id,
        { before: example(database, id, 'before') ?? '', unsafe: example(database, id, 'unsafe') ?? '', safe: example(database, id, 'safe') },
      ]),
    ),
    null,
    2,
  )};
`,
);
