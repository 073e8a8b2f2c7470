// node packages/proof/compare-history.mjs [--every] [--prelude <sql>] <folder>…: predicted against observed schema of real histories.
// The sources are run as the tests run them, so nothing has to be built first.
import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';

const root = fileURLToPath(new URL('../..', import.meta.url));
const server = await createViteServer({
  root,
  configFile: `${root}vitest.config.ts`,
  logLevel: 'error',
  server: { middlewareMode: true, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
});
try {
  const { compareHistories } = await server.ssrLoadModule('/packages/proof/src/compare-history.ts');
  process.exitCode = await compareHistories(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`));
} finally {
  await server.close();
}
