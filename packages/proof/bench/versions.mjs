// PLANWRIGHT_TEST_POSTGRES=<folder of PostgreSQL's programs> node packages/proof/bench/versions.mjs: the project's own statements on the server that starts here, against what is predicted for its version.
import { runSource } from '../run-source.mjs';

await runSource('bench-versions', ({ benchVersions }) => benchVersions((line) => process.stdout.write(`${line}\n`)));
