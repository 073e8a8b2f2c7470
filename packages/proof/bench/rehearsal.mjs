// What a rehearsal costs: its way up with every observation on against a bare replay of the same statements on the same engine (goal: at most 2 times), the start of an
// engine from the kept template (goal: at most 1 s), a second rehearsal that starts from the kept history, and memory over 1,000 migrations.
import { runSource } from '../run-source.mjs';

await runSource('bench-rehearsal', ({ benchRehearsal }) => benchRehearsal(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`)));
