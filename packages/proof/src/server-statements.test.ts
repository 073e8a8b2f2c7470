// The project's own statements on an actual server, against what is predicted for its version: PLANWRIGHT_TEST_POSTGRES chooses which.
import { expect, it } from 'vitest';
import { differenceText } from './hazard-bench/compare-prediction.js';
import { judgeOwnSet } from './hazard-bench/own-set.js';
import { superuserSession } from './hazard-bench/superuser-session.js';
import { startServer } from './server-for-test.js';

it('locks, writes anew and reads what the server does, as predicted for its version', { timeout: 120_000 }, async (context) => {
  const started = await startServer();
  if ('reason' in started) return context.skip(started.reason);
  const session = await superuserSession(started.server.url);
  try {
    // `gen_random_uuid` is built in from then on.
    if (Number.parseInt(session.version, 10) < 13) return context.skip(`PostgreSQL ${session.version} is measured by bench/versions.mjs`);
    const judged = await judgeOwnSet(session);
    expect(judged.filter(({ differences }) => differences !== undefined).length).toBeGreaterThan(200);
    const wrong = judged.flatMap(({ schema, statement, differences }) =>
      differences === undefined || differences.length === 0
        ? []
        : [`${schema}:${statement.line} ${typeof differences === 'string' ? differences : differences.map(differenceText).join('; ')}`],
    );
    expect(wrong).toEqual([]);
  } finally {
    await session.close();
    await started.server.stop();
  }
});
