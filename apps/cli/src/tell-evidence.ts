import type { Evidence, MigrationEvidence, StatementEvidence } from '@planwright/spec';
import { tellWaits } from './tell-waits.js';
import type { Terminal } from './terminal.js';

/** What of a rehearsal went wrong, one sentence each: the exit code is 1 then. */
export function rehearsalFailures({ migrations = [], comparisons = [], refused = [], breaking = [], notes = [] }: Evidence): readonly string[] {
  const failed = migrations.flatMap(({ migration, direction = 'up', statements }) =>
    // What was not run is told once, below. A way back that stopped was completed, or the comparison says that it was not.
    statements.flatMap(({ error }) =>
      error === undefined || error.startsWith('not run:') || direction === 'down' || direction === "author's down"
        ? []
        : [`${migration} ${direction}: ${error}`],
    ),
  );
  // What the author's own down forgets is told, and is no fault of the plan.
  const differing = comparisons
    .filter(({ kind, equal }) => !equal && kind !== "author's down" && kind !== 'prediction')
    .map(({ what }) => `${what}: not the same`);
  const unfounded = breaking
    .filter(({ failed: stopped }) => !stopped)
    .map(({ migration, table }) => `${migration}: rows of ${table} that should break it do not`);
  // An engine that was ended, or that broke down, has more to do than it says of a statement.
  const stopped = notes.filter((note) => note.startsWith('The rehearsal stopped'));
  return [...failed, ...differing, ...unfounded, ...refused.map(({ message }) => message), ...stopped];
}

/** A rehearsal for people: each statement with what it was seen to do, then what was compared. */
export function tellEvidence(terminal: Terminal, evidence: Evidence, title = ''): string {
  const { colors } = terminal;
  const { engine, migrations = [], comparisons = [], queries = [], notes = [], refused = [], waits = [] } = evidence;
  const lines: string[] = ['', `  ${colors.bold(title)}  ${colors.dim(`${engine.name} ${engine.version}`)}`];
  for (const migration of migrations) lines.push('', ...told(terminal, migration));
  if (queries.length > 0)
    lines.push(
      '',
      `  ${colors.bold('queries')}`,
      ...queries.map(({ query, observed, error }) => `    ${query}  ${error === undefined ? observed.split('\n')[0] : colors.red(error)}`),
    );
  if (comparisons.length > 0) lines.push('', `  ${colors.bold('compared')}`);
  for (const { what, equal, strict, differences = [] } of comparisons) {
    const answer = equal ? colors.green(strict ? 'the same' : 'the same but for order and generated names') : colors.red('differs');
    lines.push(`    ${what}: ${answer}`, ...differences.map((difference) => `      ${difference}`));
  }
  if (waits.length > 0) lines.push('', `  ${colors.bold('longest waits')}`, ...tellWaits(waits).map((line) => `    ${line}`));
  for (const { message } of refused) lines.push('', `  ${colors.red('not run')} ${message}`);
  if (notes.length > 0) lines.push('', ...notes.map((note) => `  ${colors.yellow('note')} ${note}`));
  return `${lines.join('\n')}\n\n`;
}

function told(
  { colors, width }: Terminal,
  { subject = 'sequence', migration, direction = 'up', statements, milliseconds }: MigrationEvidence,
): readonly string[] {
  const time = milliseconds === undefined ? '' : colors.dim(` ${milliseconds} ms`);
  return [
    `  ${colors.bold(direction)} ${migration}${subject === 'change' && direction === 'up' ? ', as written' : ''}${time}`,
    ...statements.flatMap((statement) => {
      const line = statement.sql.replace(/\s+/g, ' ');
      const room = Math.max(40, width - 6);
      return [
        `    ${line.length > room ? `${line.slice(0, room - 1)}…` : line}`,
        ...facts(statement).map((fact) => `      ${colors.dim(fact)}`),
        ...(statement.disagrees ?? []).map((one) => `      ${colors.yellow('differs from the prediction:')} ${one}`),
        ...(statement.error === undefined ? [] : [`      ${colors.red(statement.error)}`]),
      ];
    }),
  ];
}

function facts({ locks = [], rewrites = [], scans = [], rows, retries }: StatementEvidence): readonly string[] {
  const telling = locks.filter(({ mode }) => mode !== 'ACCESS SHARE').map(({ relation, mode }) => `${relation}: ${mode}`);
  return [
    [
      ...telling,
      ...(rewrites.length > 0 ? [`written anew: ${rewrites.join(', ')}`] : []),
      ...(scans.length > 0 ? [`read in full: ${scans.join(', ')}`] : []),
      ...(rows === undefined ? [] : [`${rows} rows`]),
      ...(retries === undefined ? [] : [`met its lock_timeout ${retries === 1 ? 'once' : `${retries} times`} under load, and was run again`]),
    ].join(' · '),
  ].filter((line) => line !== '');
}
