// Verdicts and findings against what PostgreSQL does: every statement of real histories and of our own set, beside squawk. Histories: the folders in
// PLANWRIGHT_CORPORA or in the argument, else our fixtures. Goals: 99.5 % of the statements equal; of our own set nothing missed and nothing harmless flagged.
import { runSource } from '../run-source.mjs';

await runSource('hazard-bench/bench-hazards', ({ benchHazards }) => benchHazards(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`)));
