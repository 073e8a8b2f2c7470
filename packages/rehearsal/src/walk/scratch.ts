import type { MigrationEvidence, ValidationQuery } from '@planwright/spec';
import type { Engine, StatementError } from '../engine.js';
import { Session } from '../observe/session.js';
import { checksums, type TableChecksums } from '../rows/checksums.js';
import { tableKey } from '../rows/table-order.js';
import { printed } from './answer.js';
import { breakSteps } from './break-step.js';
import { emptied } from './emptied.js';
import { lacks } from './expected-extensions.js';
import { type Recorded, withoutFailure } from './recorded.js';
import type { Rehearsal } from './rehearsal.js';
import { withoutMissing } from './roles.js';
import { type RanMigration, type RunMigration, rounded, runMigration } from './run-migration.js';
import { readState, type State } from './state.js';
import type { Rehearsed } from './subject.js';
import { madeBy, majorOf, withDisagreements } from './with-disagreements.js';

type Direction = NonNullable<MigrationEvidence['direction']>;
type Subject = 'change' | 'sequence';

/** A scratch database with the schema before the change. What is run on it, or asked of it, is recorded. */
export class Scratch {
  readonly #session: Session;

  constructor(
    private readonly engine: Engine,
    readonly rehearsal: Rehearsal,
    readonly record: Recorded,
    private readonly missingRoles: readonly string[],
  ) {
    this.#session = new Session(engine, rehearsal.schema);
  }

  /** Nothing more can be asked of it. */
  get ended(): boolean {
    return this.engine.ended !== undefined;
  }

  /** Its schema now; the same as a state that is known, where nothing differs from it. */
  state(known?: State): Promise<State> {
    return readState(this.engine, this.rehearsal.schema, known);
  }

  /** Checksums of the tables that have rows or that the change touches; none where no rows were made. */
  async sums(state: State | undefined): Promise<readonly TableChecksums[]> {
    const filled = Object.keys(this.record.rows);
    if (filled.length === 0 || !state) return [];
    const touched = (this.rehearsal.context.change.after?.tables ?? []).map(tableKey);
    return checksums(this.engine, state.snapshot, { tables: [...new Set([...filled, ...touched])] });
  }

  /** Checksums of all tables. */
  allSums({ snapshot }: State): Promise<readonly TableChecksums[]> {
    return checksums(this.engine, snapshot);
  }

  /** Runs a migration up, beside what was predicted of it. Returns whether it ran to its end. */
  async up(migration: Rehearsed, subject: Subject): Promise<boolean> {
    const { context, written, planned } = this.rehearsal;
    const ran = this.#withoutLacking(await this.#ran(migration, { subject }));
    const versions = { target: majorOf(context.target.version), ran: majorOf(this.engine.version) };
    this.record.migration(withDisagreements(ran, migration, madeBy([...written, ...planned]), versions));
    return ran.error === undefined && !this.ended;
  }

  /** Runs a migration in another direction, or once more. Returns why it stopped. */
  async run(migration: RunMigration, direction: Direction, subject: Subject = 'sequence'): Promise<StatementError | undefined> {
    const { evidence, error } = await this.#ran(migration, { subject, direction });
    this.record.migration(evidence);
    return error ?? this.engine.ended;
  }

  #ran(migration: RunMigration, about: Pick<MigrationEvidence, 'subject' | 'direction'>): Promise<RanMigration> {
    return runMigration(this.engine, this.#session, { ...migration, statements: withoutMissing(migration.statements, this.missingRoles) }, about);
  }

  /** What needs an extension that the engine does not have says nothing of the migration: it counts as not run. */
  #withoutLacking(ran: RanMigration): RanMigration {
    const lacking = ran.error && lacks(ran.error, this.rehearsal.extensions, 'change');
    if (lacking === undefined) return ran;
    const { name, version } = this.engine;
    return { ...ran, evidence: withoutFailure(ran.evidence, `it needs the extension \`${lacking}\`, which ${name} ${version} does not have`) };
  }

  /** Tries the steps of a migration on rows that break them. */
  async break(migration: Rehearsed): Promise<void> {
    const { queries, seed, schema } = this.rehearsal;
    this.record.breaking(await breakSteps(this.engine, migration, { queries, seed, defaultSchema: schema }));
  }

  /** Asks the validation queries that are due now. */
  async ask(due: (query: ValidationQuery) => boolean): Promise<void> {
    for (const query of this.rehearsal.queries.filter(due)) {
      if (this.ended) return;
      const start = performance.now();
      try {
        const rows = await this.engine.query(query.sql);
        this.record.query({ query: query.id, observed: printed(rows), milliseconds: rounded(performance.now() - start) });
      } catch (thrown) {
        this.record.query({ query: query.id, observed: '', error: thrown instanceof Error ? thrown.message : String(thrown) });
      }
    }
  }

  /** Takes every row away, and goes back to `start` where it is given. Returns whether it could. */
  async empty(start?: State): Promise<boolean> {
    const could = await emptied(this.engine, this.rehearsal.schema, start);
    this.#session.forget();
    return could;
  }
}
