// Reading a whole history, and finding the hazards of each of its migrations with every rule, against the bare parse of the same text with the same grammar.
// Histories: our fixtures, and folders given in PLANWRIGHT_BENCH (separated as PATH is) or as arguments. Goals: at most twice the parse to read, three times
// with every rule. What one more rule costs is what the rules of house style add, which are asked only on demand, by their number.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, delimiter, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyHazards, readHistory, rules } from '@planwright/analyzer';
import { loadPostgresql } from '@planwright/sql/postgresql';
import { loadModule, parseSync } from 'libpg-query';
import { interleaved } from '../interleaved.mjs';

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));
const styles = rules.filter(({ verdict }) => verdict === 'advice').length;
/** Fresh processes for each history: what the compiler makes of the code differs from one to the next by more than the rounds in one of them. */
const processes = 3;

const [first, folder] = process.argv.slice(2);
if (first === '--measure') process.stdout.write(JSON.stringify(await measured(folder)));
else {
  const given = [...process.argv.slice(2), ...(process.env.PLANWRIGHT_BENCH?.split(delimiter) ?? [])];
  for (const each of [...readdirSync(fixtures).map((name) => join(fixtures, name)), ...given]) report(each);
}

function report(folder) {
  const runs = [];
  for (let run = 0; run < processes; run++) {
    const answer = JSON.parse(execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), '--measure', folder], { encoding: 'utf8' }));
    if (answer.issue !== undefined) {
      process.stdout.write(`${basename(folder)}: ${answer.issue}\n`);
      return;
    }
    runs.push(answer);
  }
  const middle = (of) => [...runs.map(of)].sort((one, other) => one - other)[processes >> 1];
  const ratio = (of) => {
    const all = runs.map((run) => of(run) / run.parse).sort((one, other) => one - other);
    return `${all[processes >> 1].toFixed(2)}× (${all[0].toFixed(2)} to ${all.at(-1).toFixed(2)})`;
  };
  const [{ migrations, kilobytes }] = runs;
  process.stdout.write(
    `${basename(folder)}: ${migrations} migrations, ${kilobytes.toFixed(0)} kB, medians of ${processes} processes; bare parse ${middle(({ parse }) => parse).toFixed(1)} ms, statements with places ${middle(({ statements }) => statements).toFixed(1)} ms, whole history ${middle(({ history }) => history).toFixed(1)} ms, ${ratio(({ history }) => history)}; with ${rules.length - styles} rules ${middle(({ hazards }) => hazards).toFixed(1)} ms, ${ratio(({ hazards }) => hazards)}; one more rule ${middle(({ parse, hazards, style }) => ((style - hazards) / styles / parse) * 100).toFixed(1)} % of the parse\n`,
  );
}

/** Milliseconds of each way on the history of a folder, or why it has none. */
async function measured(folder) {
  await loadModule();
  const dialect = await loadPostgresql();
  const files = filesOf(folder);
  const history = await readHistory({ files, dialect });
  if (!('migrations' in history)) return { issue: history.issues[0]?.message };
  const texts = history.migrations.map(({ source }) => source.up.text);
  const ways = {
    parse: () => texts.map(bareParse),
    statements: () => texts.map((text) => dialect.parse(text)),
    history: () => readHistory({ files, dialect }),
    hazards: async () => hazardsIn(await readHistory({ files, dialect })),
    style: async () => hazardsIn(await readHistory({ files, dialect }), { advice: true }),
  };
  // WebAssembly is compiled from the start, JavaScript once it has run often: a small history needs more rounds until both are.
  const warm = Math.max(40, Math.ceil(4000 / texts.length));
  const times = await interleaved(ways, { warm, rounds: 31 });
  return { migrations: texts.length, kilobytes: texts.reduce((sum, text) => sum + text.length, 0) / 1024, ...times };
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
