// node packages/proof/down-history.mjs [--theirs] <folder>…: the ways back of real histories, tried on PGlite and compared by a fingerprint of the whole catalogue.
import { runSource } from './run-source.mjs';

await runSource('down-histories', ({ downHistories }) => downHistories(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`)));
