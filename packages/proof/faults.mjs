// node packages/proof/faults.mjs [--rounds <n>] [--seed <n>] [--only <fault>] [--cli <bin.js>]: ends rehearsals at random moments: server, sessions, rehearsal, process of the embedded database, whole command (built). Counts what is left. Goal: 0.
import { runSource } from './run-source.mjs';

await runSource('faults', ({ runFaults }) => runFaults(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`)));
