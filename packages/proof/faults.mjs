// node packages/proof/faults.mjs [--rounds <n>] [--seed <n>]: ends rehearsals on an actual server at random moments, and counts what is left there. Goal: 0.
import { runSource } from './run-source.mjs';

await runSource('faults', ({ runFaults }) => runFaults(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`)));
