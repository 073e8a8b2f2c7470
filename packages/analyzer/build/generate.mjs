// Lists the folders of src/frameworks, so that a new framework is a new folder and nothing else.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';

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
