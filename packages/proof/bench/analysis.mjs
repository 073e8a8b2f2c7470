// Reading a whole history against the bare parse of the same text with the same grammar. Histories: our fixtures, and folders given in
// PLANWRIGHT_BENCH (separated as PATH is) or as arguments. Goal: at most twice the parse.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, delimiter, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readHistory } from '@planwright/analyzer';
import { loadPostgresql } from '@planwright/sql/postgresql';
import { loadModule, parseSync } from 'libpg-query';
import { interleaved } from '../interleaved.mjs';

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));
const given = [...process.argv.slice(2), ...(process.env.PLANWRIGHT_BENCH?.split(delimiter) ?? [])];
const folders = [...readdirSync(fixtures).map((name) => join(fixtures, name)), ...given];

await loadModule();
const dialect = await loadPostgresql();
for (const folder of folders) {
  const files = filesOf(folder);
  const history = await readHistory({ files, dialect });
  if (!('migrations' in history)) {
    process.stdout.write(`${basename(folder)}: ${history.issues[0]?.message}\n`);
    continue;
  }
  const texts = history.migrations.map(({ source }) => source.up.text);
  const ways = {
    parse: () => texts.map(bareParse),
    statements: () => texts.map((text) => dialect.parse(text)),
    history: () => readHistory({ files, dialect }),
  };
  // WebAssembly is compiled from the start, JavaScript once it has run often: a small history needs more rounds until both are.
  const warm = Math.max(40, Math.ceil(4000 / texts.length));
  const { parse, statements, history: whole } = await interleaved(ways, { warm });
  const kilobytes = texts.reduce((sum, text) => sum + text.length, 0) / 1024;
  process.stdout.write(
    `${basename(folder)}: ${texts.length} migrations, ${kilobytes.toFixed(0)} kB; bare parse ${parse.toFixed(1)} ms, statements with places ${statements.toFixed(1)} ms, whole history ${whole.toFixed(1)} ms, ${(whole / parse).toFixed(2)}×\n`,
  );
}

function bareParse(text) {
  try {
    parseSync(text);
  } catch {
    // A script with lines for the client is not SQL as a whole; the grammar has read it up to there.
  }
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(\.(sql|prisma|toml)|^_journal\.json|^package\.json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .map((file) => ({ path: relative(folder, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}
