import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: {
    // Tests read the other rooms' sources, so that none has to be built first. The same map is in tsconfig.base.json.
    alias: [
      { find: /^@planwright\/sql\/(postgresql|mysql|sqlite)$/, replacement: `${root}packages/sql/src/databases/$1/index.ts` },
      { find: /^@planwright\/spec\/(validate|schema)$/, replacement: `${root}packages/spec/src/$1.ts` },
      { find: /^@planwright\/([^/]+)$/, replacement: `${root}packages/$1/src/index.ts` },
      { find: /^planwright$/, replacement: `${root}apps/cli/src/index.ts` },
    ],
  },
  test: {
    // Most tests change nothing that another reads, and what they share takes longer to load than they take to run: they share a process. Those that stand in
    // folders of their own have one for each file, as what they load remembers where it was loaded.
    projects: [
      { extends: true, test: { name: 'shared', include: ['packages/!(template*)/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'apart', include: ['apps/**/*.test.ts', 'packages/template*/**/*.test.ts'] } },
    ],
    exclude: ['**/node_modules/**', '**/dist/**', '**/planwright-out/**'],
    setupFiles: ['./vitest.setup.ts'],
    // Its default leaves a core to itself, of two on a small machine; databases keep both busy.
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
