import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { Issue } from './generated/types.js';
import { type JsonFault, jsonFaults } from './json-faults.js';
import { documentPositions, type Positions } from './positions.js';

/** A parsed file: its value, where things are in it, and what was wrong with its YAML or JSON. `value` is undefined when it could not be read. */
export interface ParsedText {
  readonly value: unknown;
  readonly positions: Positions;
  readonly issues: readonly Issue[];
}

// Enough for anchors that people write, too few for an "alias bomb".
const maxAliasCount = 20;

/** Parses YAML 1.2 or JSON. Custom tags are refused, merge keys (`<<`) are understood, a byte order mark is passed over. */
export function parseText(text: string, file?: string): ParsedText {
  const source = text.replace(/^\uFEFF/, '');
  return isJson(source, file) ? parseJson(source, file) : parseYaml(source, file);
}

function isJson(text: string, file: string | undefined): boolean {
  if (file !== undefined && /\.ya?ml$/i.test(file)) return false;
  if (file !== undefined && /\.json$/i.test(file)) return true;
  return /^\s*\{\s*["}]/.test(text);
}

function parseJson(text: string, file: string | undefined): ParsedText {
  const read = once(() => readDocument(text));
  const positions = documentPositions(file, read);
  const faults = jsonFaults(text);
  const lines = faults.length > 0 ? lineCounterOf(text) : undefined;
  const issues = faults.map((fault) => jsonIssue(fault, file, lines?.linePos(fault.offset)));
  return { value: faults.every((fault) => fault.key !== undefined) ? JSON.parse(text) : undefined, positions, issues };
}

function jsonIssue({ found, expected, key }: JsonFault, file: string | undefined, place: { line: number; col: number } | undefined): Issue {
  return {
    code: key === undefined ? 'json-syntax' : 'duplicate-key',
    message: `found ${found}: expected ${expected}`,
    ...(file !== undefined && { file }),
    ...(place && { line: place.line, column: place.col }),
    hint: key === undefined ? 'Correct the JSON; comments and trailing commas are allowed in YAML only.' : 'Keep one of them.',
  };
}

function parseYaml(text: string, file: string | undefined): ParsedText {
  const { document, lines } = readDocument(text);
  const positions = documentPositions(file, () => ({ document, lines }));
  // A warning of the parser is a tag it does not know: its value would be something else than its author meant.
  const all = [...document.errors, ...document.warnings];
  // After a syntax error the parser has lost its place, and further ones follow from it.
  const syntax = all.find((error) => error.code !== 'DUPLICATE_KEY' && error.code !== 'TAG_RESOLVE_FAILED');
  const issues = (syntax ? [syntax] : all).map((error) => yamlIssue(error, file, lines));
  if (issues.length > 0) return { value: undefined, positions, issues };
  try {
    return { value: document.toJS({ maxAliasCount }), positions, issues };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const excessive = /alias count/i.test(message);
    const issue: Issue = {
      code: 'yaml-alias',
      message: excessive ? `found more aliases than a plan needs: expected at most ${maxAliasCount}` : `found an alias that cannot be resolved: ${message}`,
      ...(file !== undefined && { file }),
      line: 1,
      column: 1,
      hint: 'Write the values out.',
    };
    return { value: undefined, positions, issues: [issue] };
  }
}

function yamlIssue(error: YAMLError, file: string | undefined, lines: LineCounter): Issue {
  const { line, col } = lines.linePos(error.pos[0]);
  const tag = error.code === 'TAG_RESOLVE_FAILED';
  const duplicate = error.code === 'DUPLICATE_KEY';
  const found = error.code === 'MULTIPLE_DOCS' ? 'a second document after `---`' : error.message.split('\n')[0]?.replace(/[.:]$/, '');
  return {
    code: tag ? 'yaml-tag' : duplicate ? 'duplicate-key' : 'yaml-syntax',
    message: duplicate ? 'found a key for the second time: expected each key once' : `found YAML that cannot be read: ${found}`,
    ...(file !== undefined && { file }),
    line: Math.max(line, 1),
    column: Math.max(col, 1),
    hint: tag
      ? 'Remove the tag; values of a plan are plain.'
      : duplicate
        ? 'Keep one of them.'
        : 'Quote texts that hold `: `, ` #` or begin with a sign, and check the indentation.',
  };
}

function readDocument(text: string): { readonly document: Document; readonly lines: LineCounter } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    merge: true,
    resolveKnownTags: false,
    prettyErrors: false,
    uniqueKeys: true,
  });
  return { document, lines };
}

function lineCounterOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const match of text.matchAll(/\n/g)) lines.addNewLine(match.index + 1);
  return lines;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
