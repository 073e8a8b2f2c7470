// npm run generate [-- <vitest filter>]: the same tests, which now write the generated documents instead of comparing them.
import { setUp, tool } from './setup.mjs';

await setUp();
// With CI set, vitest refuses to write a golden file that does not exist yet.
const { code } = await tool('vitest', ['run', '-u', ...process.argv.slice(2)], { show: true, env: { CI: undefined } });
process.exitCode = code;
