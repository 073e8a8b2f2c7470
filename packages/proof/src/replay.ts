import type { Engine, StatementError } from '@planwright/rehearsal';
import type { TransactionMode } from '@planwright/spec';

/** A migration as an engine gets it. */
export interface ReplayedMigration {
  readonly id: string;
  readonly transaction: TransactionMode;
  /** Its statements in order, one text each. */
  readonly statements: readonly string[];
}

/** A statement that the database refused. Its migration was rolled back as far as it can be, and the replay ended there. */
export interface Refusal {
  readonly migration: string;
  readonly statement: string;
  readonly error: StatementError;
}

class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.error.message);
  }
}

/** Runs migrations in order, each as its framework would: in one transaction, or statement by statement. Stops at the first refusal and returns it. */
export async function replay(
  engine: Engine,
  migrations: readonly ReplayedMigration[],
  afterEach?: (migration: ReplayedMigration, place: number) => Promise<void>,
): Promise<Refusal | undefined> {
  for (const [place, migration] of migrations.entries()) {
    const refusal = await replayOne(engine, migration);
    if (refusal) return refusal;
    await afterEach?.(migration, place);
  }
  return undefined;
}

async function replayOne(engine: Engine, migration: ReplayedMigration): Promise<Refusal | undefined> {
  const runAll = async (): Promise<void> => {
    for (const statement of migration.statements) {
      const { error } = await engine.run(statement);
      if (error) throw new Refused({ migration: migration.id, statement, error });
    }
  };
  try {
    await (migration.transaction === 'none' ? runAll() : engine.transaction(runAll));
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Refused) return thrown.refusal;
    throw thrown;
  } finally {
    // What a migration SETs and its temporary tables last for its session; the next one begins a new session.
    await engine.query('DISCARD ALL');
  }
}
