import type { Statement } from '@planwright/spec';
import { type HazardOptions, targetFacts, withFindings } from './hazards.js';
import type { History, HistoryMigration } from './history.js';
import { judge } from './judged-statement.js';

/** Verdicts and findings of each migration of a history as a change of its own, in order: what an analysis says, without the safe sequence. */
export function* historyHazards(history: History, options: HazardOptions = {}): Generator<readonly [HistoryMigration, readonly Statement[]]> {
  const target = targetFacts(history.project.target, options);
  for (const migration of history.migrations) {
    const { statements } = judge(migration.statements, { mode: migration.transaction.mode, version: target.version });
    const written = { id: migration.source.id, statements: statements.map(({ statement }) => statement) };
    const judged = { written, name: migration.source.name, transaction: migration.transaction, statements, before: migration.before };
    const { migrations } = withFindings([judged], target, options);
    yield [migration, migrations[0]?.written.statements ?? []];
  }
}
