import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
// The command line is no export of its package, and has to be the one in the sources.
import { main } from '../cli/src/cli.js';
import { createTerminal } from '../cli/src/terminal.js';
import { type Block, blocksOf, editsOf } from './blocks.js';

const guides = fileURLToPath(new URL('guide', import.meta.url));
const shop = fileURLToPath(new URL('../../examples/shop', import.meta.url));
const snippets = fileURLToPath(new URL('.vitepress/cache/snippets/', import.meta.url));
const home = process.cwd();

let project: string;

// Each guide begins in a project of its own, as its reader does.
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'planwright-guide-'));
  cpSync(shop, project, { recursive: true });
  mkdirSync(snippets, { recursive: true });
  process.chdir(project);
});

afterEach(() => {
  process.chdir(home);
  rmSync(project, { recursive: true, force: true });
  rmSync(snippets, { recursive: true, force: true });
});

describe.each(readdirSync(guides).filter((file) => file.endsWith('.md')))('%s', (file) => {
  const guide = readFileSync(join(guides, file), 'utf8');

  // The rehearsal starts a database of its own.
  const limit = file === 'rehearse.md' ? 300_000 : 60_000;
  it('does what it says, block by block', { timeout: limit }, async () => {
    let output = '';
    for (const [index, block] of blocksOf(guide).entries()) {
      if (block.language === 'diff') for (const edit of editsOf(block)) change(edit.from, edit.to, block.name);
      else if (block.name !== undefined) write(block.name, block.text);
      else if (block.language === 'sh') output = await runCommands(block, file === 'rehearse.md');
      else if (block.language === 'ts') output = await runSnippet(`${file}-${index}`, block);
      else if (block.language === 'text') for (const line of block.text.split('\n')) shows(`${output}${documents()}`, line.trim(), at(file, block), output);
      else if (block.language === 'md') shows(documents(), block.text, at(file, block));
      else throw new Error(`${at(file, block)}: a block of ${block.language} is not tried by this test`);
    }
  });
});

function at(file: string, { line }: Block): string {
  return `${file}:${line}`;
}

/** Expects a text to be there, without printing whole documents where it is not. */
function shows(all: string, wanted: string, place: string, output = ''): void {
  expect(all.includes(wanted), `${place}: not found: ${wanted}\n${output}`).toBe(true);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), `${text}\n`);
}

/** Runs what begins with `planwright`; `# exit 2` behind a command says how it ends. npm is for the reader to run. */
async function runCommands({ text }: Block, rehearses: boolean): Promise<string> {
  let output = '';
  for (const line of text.split('\n')) {
    if (/^np[mx] /.test(line)) continue;
    const [, command = '', end = '0'] = /^planwright (.*?)(?:\s+# exit (\d+))?$/.exec(line) ?? [];
    expect(command, `a command of planwright: ${line}`).not.toBe('');
    const stream = {
      columns: 120,
      write: (part: string) => {
        output += part;
      },
    };
    // One guide shows what a rehearsal does; in the others it would only take its time.
    const alone = /^plan\b/.test(command) && !rehearses && !command.includes('--no-rehearse') ? ['--no-rehearse'] : [];
    const code = await main(['node', 'planwright', ...command.split(' '), ...alone], createTerminal(stream, stream, {}));
    expect(code, `${line}\n${output}`).toBe(Number(end));
  }
  return output;
}

/** Runs a snippet as a module; what it logs is its output, as the console would print it. */
async function runSnippet(name: string, { text }: Block): Promise<string> {
  const path = join(snippets, `${name}.ts`);
  writeFileSync(path, text);
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    await import(/* @vite-ignore */ path);
    return log.mock.calls.map((values) => values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ')).join('\n');
  } finally {
    log.mockRestore();
  }
}

/** Text of every Markdown file and migration below the project. */
function documents(): string {
  return files()
    .filter((path) => path.endsWith('.md'))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}

function files(): readonly string[] {
  return readdirSync(project, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(md|sql)$/.test(path))
    .map((path) => join(project, path));
}

/** What a reader changes in a file, in any that has the line unless one is named. */
function change(from: string, to: string, name = ''): void {
  const path = files().find((candidate) => candidate.endsWith(name) && readFileSync(candidate, 'utf8').split('\n').includes(from));
  expect(path, `a file with the line ${from}`).toBeDefined();
  if (path === undefined) return;
  const lines = readFileSync(path, 'utf8').split('\n');
  lines.splice(lines.indexOf(from), 1, to);
  writeFileSync(path, lines.join('\n'));
}
