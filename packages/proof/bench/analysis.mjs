// Reading a whole history, and finding the hazards of each of its migrations with every rule, against the bare parse of the same text with the same grammar.
// Histories: our fixtures, and folders given in PLANWRIGHT_BENCH (separated as PATH is) or as arguments. Goals: at most twice the parse to read, three times
// with every rule. What one more rule costs is what the rules of house style add, which are asked only on demand, by their number.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, delimiter, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyHazards, readHistory, rules } from '@planwright/analyzer';
import { loadPostgresql } from '@planwright/sql/postgresql';
import { loadModule, parseSync } from 'libpg-query';
import { interleaved } from '../interleaved.mjs';

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));
const given = [...process.argv.slice(2), ...(process.env.PLANWRIGHT_BENCH?.split(delimiter) ?? [])];
const folders = [...readdirSync(fixtures).map((name) => join(fixtures, name)), ...given];

const styles = rules.filter(({ verdict }) => verdict === 'advice').length;

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
    hazards: async () => hazardsIn(await readHistory({ files, dialect })),
    style: async () => hazardsIn(await readHistory({ files, dialect }), { advice: true }),
  };
  // WebAssembly is compiled from the start, JavaScript once it has run often: after forty rounds much of it still is not, and a small history needs more of them.
  const warm = Math.max(200, Math.ceil(4000 / texts.length));
  const { parse, statements, history: whole, hazards, style } = await interleaved(ways, { warm, rounds: 31 });
  const kilobytes = texts.reduce((sum, text) => sum + text.length, 0) / 1024;
  process.stdout.write(
    `${basename(folder)}: ${texts.length} migrations, ${kilobytes.toFixed(0)} kB; bare parse ${parse.toFixed(1)} ms, statements with places ${statements.toFixed(1)} ms, whole history ${whole.toFixed(1)} ms, ${(whole / parse).toFixed(2)}×; with ${rules.length - styles} rules ${hazards.toFixed(1)} ms, ${(hazards / parse).toFixed(2)}×; one more rule ${(((style - hazards) / styles / parse) * 100).toFixed(1)} % of the parse\n`,
  );
}

/** Number of findings: what is not counted might not be made. */
function hazardsIn(history, options) {
  let found = 0;
  for (const [, statements] of historyHazards(history, options)) for (const { findings = [] } of statements) found += findings.length;
  return found;
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
