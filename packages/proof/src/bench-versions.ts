import { differenceText } from './hazard-bench/compare-prediction.js';
import { missedIn } from './hazard-bench/hazard-report.js';
import { judgeOwnSet } from './hazard-bench/own-set.js';
import { dangersIn } from './hazard-bench/predict.js';
import { superuserSession } from './hazard-bench/superuser-session.js';
import { startServer } from './server-for-test.js';

/** Measures the project's own statements on the server that starts here, predicts them for its version, and prints where the two differ. Returns the exit code: 1 where they do. */
export async function benchVersions(print: (line: string) => void): Promise<number> {
  const started = await startServer();
  if ('reason' in started) {
    print(`skipped: ${started.reason}`);
    return 0;
  }
  const { url, stop } = started.server;
  try {
    const session = await superuserSession(url);
    try {
      const major = String(Number.parseInt(session.version, 10));
      // Built in from PostgreSQL 13 on.
      if (major === '12') {
        const { error } = await session.run(
          'CREATE FUNCTION pg_catalog.gen_random_uuid() RETURNS uuid LANGUAGE sql VOLATILE AS $$ SELECT md5(random()::text || clock_timestamp()::text)::uuid $$',
        );
        if (error) throw new Error(error.message);
      }
      const judged = await judgeOwnSet(session);
      const lines: string[] = [];
      let compared = 0;
      let equal = 0;
      for (const each of judged) {
        const { schema, statement, differences, nature, measured, predicted } = each;
        const at = `${schema}:${statement.line} ${statement.sql.split('\n')[0]?.slice(0, 100)}`;
        if (differences !== undefined) {
          compared += 1;
          if (differences.length === 0) equal += 1;
          else lines.push(`differs: ${at}: ${typeof differences === 'string' ? differences : differences.map(differenceText).join('; ')}`);
        }
        const isTold = dangersIn(predicted).some(({ rule }) => rule === 'syntax-newer-than-target');
        if (nature.refused !== (statement.refused !== undefined) && !isTold)
          lines.push(
            `${nature.refused ? 'refused' : 'not refused'}: ${at}: ${measured.refused?.code ?? ''} ${measured.refused?.message ?? ''}; findings: ${dangersIn(
              predicted,
            )
              .map(({ rule }) => rule)
              .join(', ')}`,
          );
        for (const what of missedIn(each)) lines.push(`missed, ${what}: ${at}`);
        if (nature.harmless && dangersIn(predicted).length > 0)
          lines.push(
            `flagged: ${at}: ${dangersIn(predicted)
              .map(({ rule }) => rule)
              .join(', ')}`,
          );
      }
      print(`PostgreSQL ${session.version}: ${equal} of ${compared} statements that it runs are equal in locks, rewrites and scans; ${judged.length} in all`);
      for (const line of lines) print(`  ${line}`);
      return lines.length === 0 ? 0 : 1;
    } finally {
      await session.close();
    }
  } finally {
    await stop();
  }
}
