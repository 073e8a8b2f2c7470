// Runs a source of this room as the tests run it, so that nothing has to be built first.
import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Loads `src/<name>.ts` and gives its exports to `run`, which returns the exit code. */
export async function runSource(name, run) {
  const server = await createViteServer({
    root,
    configFile: `${root}vitest.config.ts`,
    logLevel: 'error',
    server: { middlewareMode: true, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    process.exitCode = await run(await server.ssrLoadModule(`/packages/proof/src/${name}.ts`));
  } finally {
    await server.close();
  }
}
