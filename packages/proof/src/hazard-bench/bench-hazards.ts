import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { historyFolders, type SeenHistory, watchHistory } from './corpora.js';
import { reportOf } from './hazard-report.js';
import { judgedOwnSet } from './own-set.js';
import { textOf } from './report-text.js';

const goal = 0.995;
const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url));
const beside = fileURLToPath(new URL('../../../../../shared/corpora', import.meta.url));

/**
 * Asks PostgreSQL about every statement of real histories and of the project's own set, compares its answers with the verdicts, and scores planwright's findings
 * beside squawk's. Returns the exit code: 1 where the goals are missed.
 *
 * `bench/hazards.mjs [--format json] [--own] [<folder of histories>]`: histories are those of the argument, of PLANWRIGHT_CORPORA, or our fixtures.
 */
export async function benchHazards(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { format: { type: 'string' }, own: { type: 'boolean' } } });
  const root = positionals[0] ?? process.env.PLANWRIGHT_CORPORA ?? (historyFolders(beside).length > 0 ? beside : fixtures);
  const histories: SeenHistory[] = [];
  for (const at of values.own ? [] : historyFolders(root)) {
    const history = await watchHistory(at);
    if (history) histories.push(history);
  }
  const own = await judgedOwnSet();
  const report = reportOf(root, histories, own);
  if (values.format === 'json') print(JSON.stringify(report, null, 2));
  else for (const line of textOf(report)) print(line);
  const { predictions, ownSet } = report;
  const good =
    predictions.equal >= goal * predictions.statements && ownSet.equal === ownSet.statements && report.missed.length === 0 && report.flagged.length === 0;
  return good ? 0 : 1;
}
