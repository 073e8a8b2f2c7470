// node packages/proof/plan-history.mjs [--out <folder>] [--only <id>] [--quick] [--issues] <folder>…: plans each migration of real histories and checks every document.
import { runSource } from './run-source.mjs';

await runSource('plan-histories', ({ planHistories }) => planHistories(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`)));
