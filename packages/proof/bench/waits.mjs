// node packages/proof/bench/waits.mjs [--rows <n>] [--only <hazard>]: how long an application waits on an actual server while five changes run, as written and as planned.
import { runSource } from '../run-source.mjs';

await runSource('bench-waits', ({ benchWaits }) => benchWaits(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`)));
