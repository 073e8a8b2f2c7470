#!/usr/bin/env node
import { version } from './version.js';

const argv = process.argv;

// Scripts ask for the version often: it costs no more than starting Node.
if (argv.length === 3 && (argv[2] === '--version' || argv[2] === '-V')) {
  process.stdout.write(`${version}\n`);
} else {
  void import('./cli.js').then(async ({ main }) => {
    process.exitCode = await main(argv);
  });
}
