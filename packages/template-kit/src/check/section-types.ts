import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { scopeNames } from '@planwright/renderer';
import type { Issue } from '@planwright/spec';
import { compile } from 'json-schema-to-typescript';
import type ts from 'typescript';
import { optionsSchema } from '../compile/options-validator.js';
import { tokensOf } from '../compile/section-tokens.js';
import { readTemplate } from '../read/read-template.js';
import type { SectionSource, TemplateSource } from '../read/template-source.js';
import { viewType } from './view-type.js';

/** Type-checks every section against what it reads: misspelt fields, values that may be missing, wrong arguments. */
export async function sectionTypes(folder: string): Promise<readonly Issue[]> {
  const { source, issues } = readTemplate(folder);
  if (source === undefined) return issues;
  const sections = [...source.outputs, ...Object.values(source.sections)];
  const { text, places } = await checkedModule(source, sections);
  const { default: compiler } = await import('typescript');
  const file = join(folder, '__sections__.ts');
  const program = programOf(compiler, file, text, folder);
  return compiler.getPreEmitDiagnostics(program, program.getSourceFile(file)).map((diagnostic) => issueOf(compiler, diagnostic, places));
}

interface SourcePlace {
  readonly file: string;
  readonly line: number;
}

async function checkedModule(
  source: TemplateSource,
  sections: readonly SectionSource[],
): Promise<{ readonly text: string; readonly places: readonly (SourcePlace | undefined)[] }> {
  const lines: string[] = [];
  const places: (SourcePlace | undefined)[] = [];
  const add = (code: string, place?: SourcePlace) => {
    for (const [index, one] of code.split('\n').entries()) {
      lines.push(one);
      places.push(place && { ...place, line: place.line + index });
    }
  };
  add("import type { OpenQuestion, Scope, View } from '@planwright/renderer';");
  const options = await compile({ title: 'Options', ...structuredClone(optionsSchema(source.options)) } as Parameters<typeof compile>[0], 'Options', {
    bannerComment: '',
    format: false,
    unknownAny: true,
  });
  add(options);
  // An option with a default is always there.
  const defaults = Object.entries(source.options).flatMap(([name, schema]) => ('default' in schema ? [JSON.stringify(name)] : []));
  add(
    defaults.length === 0
      ? 'type Given = Options;'
      : `interface Given extends Omit<Options, ${defaults.join(' | ')}> { ${defaults.map((name) => `${name}: NonNullable<Options[${name}]>;`).join(' ')} }`,
  );
  add("interface Base extends Omit<View, 'options'> { readonly options: Given }");
  add(viewType(source.requires));
  for (const [index, section] of sections.entries()) {
    add(`export function section${index}(it: It, { ${scopeNames.join(', ')} }: Scope): void {`);
    // A block of its own: a section may give a name of the scope to something else.
    add('{');
    for (const token of tokensOf(section).tokens) {
      if (token.type === 'print') add(`${token.place}(${token.code}\n);`, { file: section.file, line: token.line });
      else if (token.type === 'run') add(token.code, { file: section.file, line: token.line });
    }
    add('}}');
  }
  return { text: lines.join('\n'), places };
}

function programOf(compiler: typeof ts, file: string, text: string, folder: string): ts.Program {
  const options: ts.CompilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    target: compiler.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    types: [],
    module: compiler.ModuleKind.ESNext,
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    ...pathsAbove(compiler, folder),
  };
  const host = compiler.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, languageVersion, onError, create) =>
    name === file ? compiler.createSourceFile(name, text, languageVersion, true) : getSourceFile(name, languageVersion, onError, create);
  return compiler.createProgram([file], options, host);
}

// In a workspace the nearest configuration may say where the sources of our packages are.
function pathsAbove(compiler: typeof ts, folder: string): ts.CompilerOptions {
  const config = [join(folder, 'tsconfig.json'), compiler.findConfigFile(dirname(folder), compiler.sys.fileExists)].find(
    (one) => one !== undefined && existsSync(one),
  );
  if (config === undefined) return {};
  const { options } = compiler.parseJsonConfigFileContent(
    compiler.readConfigFile(config, compiler.sys.readFile).config,
    { ...compiler.sys, readDirectory: () => [] },
    resolve(dirname(config)),
  );
  return { ...(options.paths !== undefined && { paths: options.paths, pathsBasePath: options.pathsBasePath }) };
}

function issueOf(compiler: typeof ts, { messageText, file, start }: ts.Diagnostic, places: readonly (SourcePlace | undefined)[]): Issue {
  const message = compiler.flattenDiagnosticMessageText(messageText, '\n');
  const place = file === undefined || start === undefined ? undefined : places[file.getLineAndCharacterOfPosition(start).line];
  return { code: 'section-type', message, ...place };
}
