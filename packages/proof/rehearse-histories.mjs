// node packages/proof/rehearse-histories.mjs [--prelude <sql>] [--rows <number>] [--last <number>] [--every <number>] [--only <part of an id>]… <folder>…: every migration of real histories rehearsed, each failure listed.
import { runSource } from './run-source.mjs';

await runSource('rehearse-histories', ({ rehearseHistories }) => rehearseHistories(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`)));
