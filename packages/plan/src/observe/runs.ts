import type { Context, Evidence, MigrationEvidence, StatementEvidence, TransactionMode } from '@planwright/spec';
import { type HeldLocks, heldBefore } from './held-before.js';

/** A statement that ran, and what its transaction was seen to hold before it. */
export interface StatementRun {
  readonly seen: StatementEvidence;
  readonly held: HeldLocks | undefined;
}

/** The ways up of a rehearsal. */
export interface Runs {
  /** Statements of the change as their author wrote them, by id; those of the sequence where it is the change. */
  readonly written: ReadonlyMap<string, StatementRun>;
  /** Migrations of the sequence by id. */
  readonly planned: ReadonlyMap<string, MigrationEvidence>;
}

export function runsOf({ change, sequence }: Context, { migrations = [] }: Evidence): Runs {
  const ups = migrations.filter(({ direction }) => direction === undefined || direction === 'up');
  const planned = ups.filter(({ subject = 'sequence' }) => subject === 'sequence');
  const asWritten = ups.filter(({ subject }) => subject === 'change');
  const shown = asWritten.length > 0 ? asWritten : planned;
  const modes = new Map(
    (asWritten.length > 0 ? change : (sequence ?? change)).migrations.map(({ id, transaction }): [string, TransactionMode | undefined] => [id, transaction]),
  );
  const written = shown.flatMap((migration) => {
    const held = heldBefore(migration, modes.get(migration.migration) ?? 'transactional');
    return migration.statements.flatMap((seen) => (seen.id === undefined ? [] : [[seen.id, { seen, held: held.get(seen) }] as const]));
  });
  return { written: new Map(written), planned: new Map(planned.map((migration) => [migration.migration, migration])) };
}
