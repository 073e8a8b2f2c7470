import { grouped } from './grouped.js';
import type { HazardReport } from './hazard-report.js';
import type { Count, Score } from './scores.js';

/** The report as people read it, a line each. */
export function textOf({ predictions, ownSet, squawk, scores, missed, flagged }: HazardReport): readonly string[] {
  const lines: string[] = [];
  if (predictions.statements > 0) {
    lines.push(`Verdicts against PostgreSQL, statement by statement: ${predictions.folder}`);
    for (const { name, statements, equal, locksNotSeen, refusal } of predictions.histories) {
      lines.push(`  ${name}: ${equal} of ${statements} equal${locksNotSeen ? `, ${locksNotSeen} of them without a look at the locks` : ''}`);
      if (refusal) lines.push(`    stopped: ${refusal}`);
    }
    lines.push(
      `  all: ${predictions.equal} of ${predictions.statements} equal in locks, rewrites and scans: ${percent(predictions.equal, predictions.statements)} (goal 99.5 %)`,
    );
    lines.push(`  ${predictions.locksNotSeen} cannot run in a transaction: one session does not see their locks; their rewrites and scans are compared`);
    for (const [cause, found] of grouped(predictions.differences, (difference) => difference.cause)) {
      lines.push(`  ${cause}: ${found.length}. ${found[0]?.why ?? ''}`);
      for (const { history, migration, sql, differences } of found) lines.push(`    ${history} ${migration}: ${sql}: ${differences.join('; ')}`);
    }
  }
  lines.push(`Our own statements: ${ownSet.equal} of ${ownSet.statements} that PostgreSQL runs are equal in locks, rewrites and scans`);
  for (const { place, sql, differences } of ownSet.differences) lines.push(`    ${place} ${sql}: ${differences.join('; ')}`);
  for (const { set, ...tools } of scores) {
    lines.push(`Findings on ${set}, by what PostgreSQL did`);
    const rows: [string, (score: Score) => Count][] = [
      ['slow and blocking, found', ({ slow }) => slow],
      ['fail on dirty rows, found', ({ fails }) => fails],
      ['harmless, flagged', ({ flagged: wrong }) => wrong],
    ];
    lines.push(`  ${''.padEnd(28)}${'planwright'.padEnd(16)}${squawk === undefined ? '(squawk is not installed)' : `squawk ${squawk}`}`);
    for (const [name, of] of rows) {
      if (of(tools.planwright).of === 0) continue;
      lines.push(`  ${name.padEnd(28)}${ratio(of(tools.planwright)).padEnd(16)}${tools.squawk ? ratio(of(tools.squawk)) : ''}`.trimEnd());
    }
    if (tools.told.of > 0) lines.push(`  ${'… or told by the verdict'.padEnd(28)}${ratio(tools.told)}`);
  }
  if (missed.length > 0) lines.push('Missed', ...missed.map((line) => `  ${line}`));
  if (flagged.length > 0) lines.push('Harmless and flagged', ...flagged.map((line) => `  ${line}`));
  return lines;
}

function ratio({ found, of }: Count): string {
  return `${found} of ${of}`;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
}
