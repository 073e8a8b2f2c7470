import type { Finding, Sequence, Snapshot, TableFacts } from '@planwright/spec';
import { Draft } from '../draft/draft.js';
import { conventionsOf } from '../history.js';
import type { JudgedMigration } from '../judged-migration.js';
import { type JudgedStatement, judge } from '../judged-statement.js';
import { blocksWriters } from '../lock-facts/postgresql/lock-list.js';
import { dialectForTest } from '../read-for-test.js';
import { readScript } from '../read-script.js';
import { safeSequence } from '../safe-sequence.js';
import { defaultPace } from './batches.js';

/** A change whose every danger by verdict is a finding, whatever rules there are. */
export async function safeWayOf(
  before: string,
  change: string,
  {
    stats = [],
    zeroDowntime,
    version = 16,
    framework = 'sql',
  }: { readonly stats?: readonly TableFacts[]; readonly zeroDowntime?: boolean; readonly version?: number; readonly framework?: string } = {},
): Promise<{ readonly sequence: Sequence; readonly migrations: readonly JudgedMigration[]; readonly before: Snapshot; readonly after: Snapshot }> {
  const dialect = await dialectForTest();
  const draft = new Draft();
  readScript(dialect, { path: 'before.sql', text: before }, draft);
  const start = draft.finish();
  const { statements } = readScript(dialect, { path: 'change.sql', text: change }, draft);
  const judged = judge(statements).statements.map((one) => ({ ...one, statement: { ...one.statement, findings: [...dangersOf(one)] } }));
  const migration: JudgedMigration = {
    written: {
      id: '20261120103000_change',
      file: 'migrations/20261120103000_change.up.sql',
      transaction: 'transactional',
      statements: judged.map(({ statement }) => statement),
    },
    name: 'change',
    transaction: { mode: 'transactional' },
    statements: judged,
    before: start,
  };
  const end = draft.finish();
  const way = safeSequence('postgresql', [migration], {
    dialect,
    conventions: conventionsOf(framework),
    before: start,
    after: end,
    wishes: {
      version,
      stats: new Map(stats.map((facts) => [facts.table, facts])),
      ...(zeroDowntime === undefined ? {} : { zeroDowntime }),
      pace: defaultPace,
    },
  });
  return { ...way, before: start, after: end };
}

function dangersOf({ statement: { verdicts, operations } }: JudgedStatement): readonly Finding[] {
  const { lock, code } = verdicts ?? {};
  const slow = lock?.locks.some(({ mode, held }) => held !== 'brief' && blocksWriters(mode)) || operations.some(({ type }) => type === 'updateRows');
  return [
    ...(slow ? [{ rule: 'slow', verdict: 'lock', message: 'It holds up writers.' } as const] : []),
    ...(code?.breaksOld ? [{ rule: 'breaks', verdict: 'code', message: 'Running code breaks.' } as const] : []),
  ];
}

/** A sequence as a reader would read it. */
export function shownSequence({ migrations, gates = [] }: Sequence): string {
  return migrations
    .map(({ id, name, phase, transaction, gateBefore, statements, reversibility }) => {
      const gate = gates.find((one) => one.id === gateBefore);
      return [
        `-- ${id}_${name}: ${phase ?? 'as written'}, ${transaction}, ${reversibility?.kind}${gate ? `; ${gate.id}: ${gate.title}` : ''}`,
        ...statements.map(({ sql }) => `${sql};`),
      ].join('\n');
    })
    .join('\n\n');
}
