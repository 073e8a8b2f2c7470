// node packages/proof/compare-history.mjs [--every | --locks] [--prelude <sql>] <folder>…: predicted against observed schema, or locks, of real histories.
import { runSource } from './run-source.mjs';

await runSource('compare-history', ({ compareHistories }) => compareHistories(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`)));
