import type { Context, Snapshot, Wait } from '@planwright/spec';
import { readSnapshot } from '../catalogue.js';
import type { SavedDatabase } from '../engine.js';
import type { EarlierMigration } from '../rehearsal-input.js';
import { fillRows } from '../rows/fill-rows.js';
import { tableKey } from '../rows/table-order.js';
import { createExpected, type Expected, lacks, withExpected } from '../walk/expected-extensions.js';
import { extensionsOf, unavailable } from '../walk/missing.js';
import { Refusals } from '../walk/refusals.js';
import { replay } from '../walk/replay.js';
import { givesTo, rolesFor, rolesTold, withoutMissing } from '../walk/roles.js';
import { rowsToSatisfy } from '../walk/rows-to-satisfy.js';
import { spoken } from '../walk/run-migration.js';
import { isAsWritten, type Rehearsed, sequenceMigrations, writtenMigrations } from '../walk/subject.js';
import { type Application, applicationOf } from './application.js';
import type { LoadEngine, OpenLoadEngine } from './load-engine.js';
import { runPatiently } from './run-patiently.js';
import { Worker } from './worker.js';

export interface WaitsInput {
  readonly context: Context;
  /** What makes the schema before the change, in its order. */
  readonly history?: readonly EarlierMigration[];
  /** Rows that are made for each table that the change touches; default 100,000. */
  readonly rows?: number;
  /** Number from which rows are made; default 1. */
  readonly seed?: number;
  /** How long the application works before the migrations begin, milliseconds; default 1,000. */
  readonly baseline?: number;
  readonly onProgress?: (doing: string) => void;
}

export interface Waits {
  /** The change as written and the sequence, table by table, reader and writer. */
  readonly waits: readonly Wait[];
  /** Statements that met their lock_timeout and were run again. */
  readonly retries: readonly Retried[];
  /** What was not measured, and why. */
  readonly notes: readonly string[];
}

/** A statement that met its lock_timeout under load. */
export interface Retried {
  readonly subject: Subject;
  readonly migration: string;
  readonly sql: string;
  readonly times: number;
}

type Subject = Wait['subject'] & string;

/** Tables on which an application works side by side; more would measure the machine. */
const mostTables = 4;

/**
 * What an application would feel: while the change runs as written, and then the sequence on a fresh copy, a reader and a writer go on working on each table that was
 * there before and that the change touches, in sessions of their own. Only an engine that takes several sessions can show it.
 */
export async function measureWaits(input: WaitsInput, open: OpenLoadEngine): Promise<Waits> {
  return withExpected((expected) => new Measurement(input, open, expected).run());
}

class Measurement {
  readonly #waits: Wait[] = [];
  readonly #retries: Retried[] = [];
  readonly #notes = new Set<string>();
  readonly #refusals = new Refusals();
  readonly #schema: string;
  readonly #seed: number;
  readonly #extensions: readonly string[];
  #missingRoles: readonly string[] = [];

  constructor(
    private readonly input: WaitsInput,
    private readonly open: OpenLoadEngine,
    private readonly expected: Expected,
  ) {
    const { change } = input.context;
    this.#schema = change.before?.defaultSchema ?? 'public';
    this.#seed = input.seed ?? 1;
    this.#extensions = [...new Set([...extensionsOf(this.#texts()), ...expected.keys()])].sort();
  }

  #texts(): readonly string[] {
    const { change, sequence } = this.input.context;
    return [
      ...(this.input.history ?? []).flatMap(({ statements }) => statements),
      ...[...change.migrations, ...(sequence?.migrations ?? [])].flatMap(({ statements }) => statements.flatMap(({ sql }) => sql ?? [])),
    ];
  }

  async run(): Promise<Waits> {
    const { context } = this.input;
    const start = await this.#prepare();
    if (start) {
      await this.#subject('change', this.#migrations('change'), start);
      // What runs as written waits as written.
      if (context.sequence && !isAsWritten(context)) await this.#subject('sequence', this.#migrations('sequence'), start);
    }
    return { waits: this.#waits, retries: this.#retries, notes: [...this.#notes] };
  }

  #migrations(subject: Subject): readonly Rehearsed[] {
    const { change, sequence } = this.input.context;
    const all = subject === 'change' || !sequence ? writtenMigrations(change) : sequenceMigrations(sequence);
    return all
      .map((migration) => this.#refusals.rehearsed(migration, change))
      .map((migration) => ({ ...migration, statements: withoutMissing(migration.statements, this.#missingRoles) }));
  }

  /** The schema before the change with its rows, to copy from. */
  async #prepare(): Promise<SavedDatabase | undefined> {
    const { history = [], rows = 100_000, context } = this.input;
    const engine = await this.open({ extensions: this.#extensions });
    try {
      const { notes } = await createExpected(engine, this.expected, await unavailable(engine, [...this.expected.keys()]));
      for (const note of notes) this.#notes.add(note);
      const roles = await rolesFor(engine, this.#texts());
      this.#missingRoles = roles.missing;
      for (const note of rolesTold(roles, engine)) this.#notes.add(note);
      for (const { id, transaction, statements } of history.map((migration) => this.#refusals.earlier(migration))) {
        const error = await replay(
          engine,
          transaction,
          statements.filter((sql) => givesTo(sql, roles.missing) === undefined),
        );
        if (!error) continue;
        lacks(error, this.#extensions, 'history');
        this.#notes.add(`Waits were not measured: the earlier migration ${id} did not run (${spoken(error)}).`);
        return undefined;
      }
      this.#tell(`making ${rows} rows`);
      const satisfying = rowsToSatisfy(context.change);
      const filled = await fillRows(engine, await this.#snapshot(engine), {
        rows,
        seed: this.#seed,
        tables: this.#touched(),
        ...(satisfying && { satisfying }),
      });
      for (const note of filled.notes) this.#notes.add(note);
      // Outside of a transaction; the planner of the application knows its tables.
      await engine.run('VACUUM (ANALYZE)');
      return await engine.save();
    } finally {
      await engine.close();
    }
  }

  async #subject(subject: Subject, migrations: readonly Rehearsed[], from: SavedDatabase): Promise<void> {
    const engine = await this.open({ extensions: this.#extensions, from });
    const workers: { readonly worker: Worker; readonly application: string; readonly who: Wait['who'] }[] = [];
    try {
      for (const application of await this.#applications(engine)) {
        workers.push({ worker: new Worker(await engine.openSession(), application.read), application: application.table, who: 'reader' });
        if (application.write)
          workers.push({ worker: new Worker(await engine.openSession(), application.write), application: application.table, who: 'writer' });
        else this.#notes.add(`No writer worked on \`${application.table}\`: no row of it can be made or changed.`);
      }
      if (workers.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, this.input.baseline ?? 1000));
      for (const { worker } of workers) worker.begin();
      for (const migration of migrations) {
        this.#tell(`${subject === 'change' ? 'as written' : 'as planned'}, under load: ${migration.id}`);
        if (subject === 'sequence' && this.#hasGate(migration.id)) await this.#nextRelease(engine, workers);
        const { retries, met, error } = await runPatiently(engine, migration);
        if (retries > 0) {
          for (const [sql, times] of met) this.#retries.push({ subject, migration: migration.id, sql, times });
          this.#notes.add(`Under load ${migration.id} met its lock_timeout ${retries === 1 ? 'once' : `${retries} times`} and was run again.`);
        }
        if (!error) continue;
        lacks(error, this.#extensions, 'change');
        this.#notes.add(
          `Under load ${migration.id} ${subject === 'change' ? 'as written' : 'of the sequence'} did not run: ${spoken(error)}. Waits were measured until then.`,
        );
        break;
      }
    } finally {
      for (const { worker, application, who } of workers) this.#waits.push(await worker.stop({ subject, table: application, who }));
      await engine.close();
    }
  }

  async #applications(engine: LoadEngine, kept?: Snapshot): Promise<readonly Application[]> {
    const snapshot = await this.#snapshot(engine);
    const touched = new Set(this.#touched());
    const found: Application[] = [];
    for (const table of snapshot.tables.filter((one) => touched.has(tableKey(one)) && one.partitionOf === undefined).slice(0, mostTables)) {
      const later = kept?.tables.find((one) => tableKey(one) === tableKey(table));
      const application = await applicationOf(engine, snapshot, table, this.#seed, later && new Set(later.columns.map(({ name }) => name)));
      if (application) found.push(application);
    }
    return found;
  }

  /** At a gate a release is deployed that uses nothing which goes later. */
  async #nextRelease(
    engine: LoadEngine,
    workers: readonly { readonly worker: Worker; readonly application: string; readonly who: Wait['who'] }[],
  ): Promise<void> {
    const next = new Map((await this.#applications(engine, this.input.context.change.after)).map((application) => [application.table, application]));
    for (const { worker, application, who } of workers) {
      const release = next.get(application);
      const statement = who === 'reader' ? release?.read : release?.write;
      if (statement) worker.statement = statement;
    }
  }

  #hasGate(id: string): boolean {
    return this.input.context.sequence?.migrations.some((migration) => migration.id === id && migration.gateBefore !== undefined) ?? false;
  }

  #touched(): readonly string[] {
    return this.input.context.change.before?.tables.map(tableKey) ?? [];
  }

  #snapshot(engine: LoadEngine): Promise<Snapshot> {
    return readSnapshot(engine, { defaultSchema: this.#schema });
  }

  #tell(doing: string): void {
    this.input.onProgress?.(doing);
  }
}
