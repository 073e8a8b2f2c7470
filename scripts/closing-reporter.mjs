// Hands the counts of a vitest run, and why tests were skipped, to scripts/test.mjs.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/** @implements {import('vitest/reporters').Reporter} */
export default class ClosingReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      // A file that cannot be loaded, or a suite whose hook throws, fails without any failing test of its own.
      const broken = [module, ...module.children.allSuites()].filter((suite) => suite.errors().length > 0);
      counts.failed += broken.length;
      for (const test of tests) {
        const { state, note } = test.result();
        if (state === 'passed') counts.passed += 1;
        else if (state === 'skipped')
          counts.skipped.push({ name: `${relative(process.cwd(), module.moduleId)} > ${test.fullName}`, reason: note ?? 'no reason given' });
        else counts.failed += 1;
      }
    }
    writeFileSync(process.env.PLANWRIGHT_COUNTS, JSON.stringify(counts));
  }
}
