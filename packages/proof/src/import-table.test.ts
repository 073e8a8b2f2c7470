import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Import, type Sources, scanSource, scanSources } from './imports.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Who may import whom, among the rooms. `template-*` stands for each official template. */
const mayImport = {
  spec: [],
  sql: ['spec'],
  renderer: ['spec'],
  document: ['spec'],
  'template-*': ['spec'],
  analyzer: ['sql', 'spec'],
  rehearsal: ['sql', 'spec'],
  templates: ['template-*', 'spec'],
  'template-kit': ['renderer', 'document', 'sql', 'spec'],
  plan: ['analyzer', 'renderer', 'document', 'sql', 'spec'],
  cli: ['*'],
  docs: ['*'],
  proof: ['*'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Rooms that may use Node, and where in them; the others also run in a browser. */
const usesNode: Readonly<Record<string, RegExp>> = { cli: /./, docs: /./, proof: /./, 'template-kit': /./, rehearsal: /^engines\// };

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Room {
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly sources: Sources;
}

const rooms: readonly Room[] = ['packages', 'apps'].flatMap((group) =>
  readdirSync(join(root, group))
    .map((name) => ({ name, folder: join(root, group, name) }))
    .filter(({ folder }) => existsSync(join(folder, 'package.json')))
    .map(({ name, folder }) => ({
      name,
      folder,
      // The shape of package.json is npm's; only the members named above are read.
      manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest,
      sources: existsSync(join(folder, 'src')) ? scanSources(join(folder, 'src')) : { files: [], imports: [], nodeGlobals: [] },
    })),
);

const isTemplate = (name: string) => name.startsWith('template-') && name !== 'template-kit';
const kindOf = (name: string) => (isTemplate(name) ? 'template-*' : name);
const isRelative = (specifier: string) => specifier.startsWith('.');
const isBuiltin = (specifier: string) => specifier.startsWith('node:') || builtinModules.includes(specifier);
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
const roomOf = (specifier: string) => rooms.find(({ manifest }) => manifest.name === packageOf(specifier));
const shown = ({ file, line, specifier }: Import) => `${file}:${line} imports ${specifier}`;
const outside = (room: Room) =>
  room.sources.imports.filter(({ specifier }) => !isRelative(specifier) && !isBuiltin(specifier) && packageOf(specifier) !== room.manifest.name);

it('has a row in the import table for every room', () => {
  expect(rooms.map(({ name }) => kindOf(name)).filter((kind) => !(kind in mayImport))).toEqual([]);
  expect(Object.keys(mayImport).filter((kind) => !rooms.some(({ name }) => kindOf(name) === kind))).toEqual([]);
});

describe.each(rooms.map((room) => [room.name, room] as const))('%s', (name, room) => {
  const kind = kindOf(name) as keyof typeof mayImport; // the test above shows that every kind has a row
  const allowed: readonly string[] = mayImport[kind];

  it('imports only the rooms that the table allows', () => {
    const wrong = room.sources.imports.filter(({ specifier }) => {
      const other = roomOf(specifier);
      if (other === undefined) return specifier.startsWith('@planwright/');
      // A room may load a door of its own lazily, by name; its main door it is itself.
      if (other.name === name) return specifier === room.manifest.name;
      return !(allowed.includes('*') || allowed.includes(kindOf(other.name)));
    });
    expect(wrong.map(shown)).toEqual([]);
  });

  it('enters other rooms by their doors', () => {
    const wrong = room.sources.imports.filter(({ file, specifier }) => {
      if (isRelative(specifier)) return posix.normalize(posix.join('src', posix.dirname(file), specifier)).startsWith('..');
      const other = roomOf(specifier);
      if (other === undefined) return false;
      const subpath = `.${specifier.slice(other.manifest.name.length)}`;
      return !(subpath in (other.manifest.exports ?? {}));
    });
    expect(wrong.map(shown)).toEqual([]);
  });

  // Tests that don't apply to a room are not declared: a skipped test is one that should have run.
  if (isTemplate(name)) {
    it('takes nothing but types from spec', () => {
      const wrong = room.sources.imports.filter(({ specifier, typeOnly }) => packageOf(specifier) === '@planwright/spec' && !typeOnly);
      expect(wrong.map(shown)).toEqual([]);
    });
  }

  if (usesNode[name]?.source !== '.') {
    it('runs in a browser: nothing of Node is used', () => {
      const isServer = (file: string) => usesNode[name]?.test(file) ?? false;
      const imported = room.sources.imports.filter(({ file, specifier }) => isBuiltin(specifier) && !isServer(file)).map(shown);
      const globals = room.sources.nodeGlobals.filter(({ file }) => !isServer(file)).map(({ file, line, name: used }) => `${file}:${line} uses ${used}`);
      expect([...imported, ...globals]).toEqual([]);
    });
  }

  it('names what it imports in its package.json', () => {
    const { dependencies = {}, devDependencies = {}, peerDependencies = {}, optionalDependencies = {} } = room.manifest;
    const wrong = outside(room).filter(({ specifier }) => {
      const wanted = packageOf(specifier);
      if (wanted in dependencies || wanted in peerDependencies || wanted in optionalDependencies) return false;
      // tsup inlines what is only a dev dependency. Our own rooms are never inlined.
      return !(wanted in devDependencies && (roomOf(specifier) === undefined || room.manifest.private === true));
    });
    expect(wrong.map(shown)).toEqual([]);
  });

  if (room.manifest.private !== true) {
    it('imports what its package.json names', (context) => {
      if (room.sources.imports.length === 0 && room.sources.files.length <= 2) context.skip('nothing is written in this room yet');
      const imported = new Set(outside(room).map(({ specifier }) => packageOf(specifier)));
      expect(Object.keys(room.manifest.dependencies ?? {}).filter((dependency) => !imported.has(dependency))).toEqual([]);
    });
  }
});

describe('the import scanner', () => {
  const read = (text: string) => scanSource('a.ts', text);
  const specifiers = (text: string) => read(text).imports.map(({ specifier, typeOnly }) => `${typeOnly ? 'type ' : ''}${specifier}`);

  it('finds every form of import', () => {
    expect(specifiers("import 'a'; import b from 'b'; export { c } from 'c'; const d = await import('d'); const e = require('e');")).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
  });

  it('knows which of them leave nothing behind', () => {
    expect(
      specifiers("import type { A } from 'a'; import { type B } from 'b'; export type { C } from 'c'; let d: import('d').D; import { type E, e } from 'e';"),
    ).toEqual(['type a', 'type b', 'type c', 'type d', 'e']);
  });

  it('is not misled by comments and strings', () => {
    expect(specifiers("// import 'a'\nconst b = \"import 'b'\"; const c = `require('c')`;")).toEqual([]);
  });

  it('finds the names that only Node has, with their line', () => {
    expect(read("const here = 1;\nprocess.env; Buffer.from(''); this.process.x;").nodeGlobals).toEqual([
      { file: 'a.ts', line: 2, name: 'process.env' },
      { file: 'a.ts', line: 2, name: 'Buffer.from' },
    ]);
  });
});
