#!/usr/bin/env node
import { version } from './version.js';

const argv = process.argv;

// Whoever reads the output may have seen enough: `planwright plan --format json | head`. Nothing is wrong then, and nobody is there to be told.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 0);
});

// Scripts ask for the version often: it costs no more than starting Node.
if (argv.length === 3 && (argv[2] === '--version' || argv[2] === '-V')) {
  process.stdout.write(`${version}\n`);
} else {
  void import('./cli.js').then(async ({ main }) => {
    process.exitCode = await main(argv);
  });
}
