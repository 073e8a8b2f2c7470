import type { BreakingRows, Comparison, Context, Evidence, MigrationEvidence, QueryEvidence, TransactionMode, ValidationQuery } from '@planwright/spec';
import { downBetween } from '@planwright/sql';
import { readSnapshot } from './catalogue.js';
import type { SchemaComparison } from './compare-schemas.js';
import type { Engine, OpenEngine, SavedDatabase, StatementError } from './engine.js';
import { Session } from './observe/session.js';
import { checksums, compareChecksums, type TableChecksums } from './rows/checksums.js';
import { fillRows } from './rows/fill-rows.js';
import { tableKey } from './rows/table-order.js';
import { isAboutData } from './walk/about-data.js';
import { printed } from './walk/answer.js';
import { breakSteps } from './walk/break-step.js';
import { emptied } from './walk/emptied.js';
import { createExpected, type Expected, lacks, withExpected } from './walk/expected-extensions.js';
import { keyOf } from './walk/key.js';
import { makeBefore } from './walk/made-before.js';
import { extensionIn, extensionsOf, unavailable } from './walk/missing.js';
import { comparePrediction } from './walk/predicted-schema.js';
import { Refusals } from './walk/refusals.js';
import { replay } from './walk/replay.js';
import { givesTo, rolesFor, rolesIn, rolesTold, withoutMissing } from './walk/roles.js';
import { type RanMigration, type RunMigration, rounded, runMigration, spoken } from './walk/run-migration.js';
import { differingRows, settledBy } from './walk/same-rows.js';
import { readState, restored, type State, sameEnd } from './walk/state.js';
import { isAsWritten, type Rehearsed, sequenceMigrations, writtenMigrations } from './walk/subject.js';
import { untouchedBy } from './walk/untouched.js';
import { madeBy, majorOf, withDisagreements } from './walk/with-disagreements.js';

/** A migration from before the change. */
export interface EarlierMigration {
  readonly id: string;
  /** Path of its file, for what is said of it. */
  readonly file?: string;
  readonly transaction: TransactionMode;
  /** Its statements in order, one text each. */
  readonly statements: readonly string[];
}

export interface RehearsalInput {
  /** What is rehearsed: its change, its sequence with ways back, and its validation queries. Statements without SQL are left out. */
  readonly context: Context;
  /** What makes the schema before the change, in its order. Where there is nothing, it is made as the context's change tells of it. */
  readonly history?: readonly EarlierMigration[];
  /** Rows that are made for each table that the change touches, and those that it refers to, before the change runs; none if absent. */
  readonly rows?: number;
  /** Number from which rows are made; default 1. */
  readonly seed?: number;
  /** Told what is being done, for a person who watches. */
  readonly onProgress?: (doing: string) => void;
}

/**
 * Runs a plan on a scratch database and records what happened: the sequence up, down and up again, and the change as its author wrote it, both from the same
 * start. Everything is closed at the end. Throws where no engine can be started; what goes wrong in a migration is evidence.
 */
export async function rehearse(input: RehearsalInput, open: OpenEngine): Promise<Evidence> {
  return withExpected((expected) => new Rehearsal(input, open, expected).run());
}

type Direction = NonNullable<MigrationEvidence['direction']>;

/** The schema before the sequence, and after it where it runs to its end. */
interface Ends {
  readonly start?: State;
  readonly end?: State;
  /** Its rows at the end. */
  readonly rows?: readonly TableChecksums[];
}

/** A migration whose way back does not bring all rows back, and what it does not. */
interface Lost {
  readonly id: string;
  readonly why: string;
}

class Rehearsal {
  readonly #migrations: MigrationEvidence[] = [];
  readonly #queries: QueryEvidence[] = [];
  readonly #breaking: BreakingRows[] = [];
  readonly #comparisons: Comparison[] = [];
  readonly #notes = new Set<string>();
  readonly #refusals = new Refusals();
  readonly #schema: string;
  readonly #history: readonly EarlierMigration[];
  readonly #written: readonly Rehearsed[];
  readonly #planned: readonly Rehearsed[];
  readonly #asWritten: boolean;
  readonly #extensions: readonly string[];
  #rows: Readonly<Record<string, number>> = {};
  #missingRoles: readonly string[] = [];

  constructor(
    private readonly input: RehearsalInput,
    private readonly open: OpenEngine,
    private readonly expected: Expected,
  ) {
    const { context, history = [] } = input;
    this.#schema = context.change.before?.defaultSchema ?? 'public';
    this.#history = history.map((migration) => this.#refusals.earlier(migration));
    this.#written = writtenMigrations(context.change).map((migration) => this.#refusals.rehearsed(migration, context.change));
    this.#asWritten = isAsWritten(context);
    this.#planned = context.sequence
      ? sequenceMigrations(context.sequence).map((migration) => this.#refusals.rehearsed(migration, context.change))
      : this.#written;
    this.#extensions = [...new Set([...extensionsOf(this.#texts()), ...expected.keys()])].sort();
  }

  async run(): Promise<Evidence> {
    let engine = { name: '', version: '' };
    let start: SavedDatabase | undefined;
    let ends: Ends = {};
    await this.#withEngine(undefined, async (first) => {
      engine = { name: first.name, version: first.version };
      if (!this.#asWritten) start = await first.save?.();
      ends = await this.#walk(first);
    });
    if (!this.#asWritten) await this.#withEngine(start, (second) => this.#change(second, ends));
    const rows = Object.keys(this.#rows).length > 0;
    return {
      engine,
      ...(rows && { seed: this.input.seed ?? 1, rows: { ...this.#rows } }),
      migrations: this.#migrations,
      ...(this.#queries.length > 0 && { queries: this.#queries }),
      ...(this.#breaking.length > 0 && { breaking: this.#breaking }),
      ...(this.#comparisons.length > 0 && { comparisons: this.#comparisons }),
      ...(this.#refusals.issues.length > 0 && { refused: [...this.#refusals.issues] }),
      ...(this.#notes.size > 0 && { notes: [...this.#notes] }),
    };
  }

  /** Works on an engine that holds the schema before the change, with rows. What ends the engine ends the work, and is noted. */
  async #withEngine(from: SavedDatabase | undefined, work: (engine: Engine) => Promise<void>): Promise<void> {
    this.#tell('starting a scratch database');
    const kept = this.#history.length > 0 ? await keyOf({ history: this.#history, extensions: this.#extensions, roles: rolesIn(this.#texts()) }) : undefined;
    const engine = await this.open({ extensions: this.#extensions, ...(from ? { from } : kept !== undefined && { kept }) });
    try {
      if (!from) await this.#prepare(engine, kept);
      if (!engine.ended) await work(engine);
    } catch (thrown) {
      if (!engine.ended) throw thrown;
    } finally {
      if (engine.ended) this.#notes.add(`The rehearsal stopped there: ${spoken(engine.ended)}.`);
      await engine.close();
    }
  }

  /** The schema before the change, and its rows. */
  async #prepare(engine: Engine, kept: string | undefined): Promise<void> {
    const lacking = new Set(await unavailable(engine, this.#extensions));
    const made = await createExpected(engine, this.expected, [...lacking]);
    for (const note of made.notes) this.#notes.add(note);
    for (const name of made.lacking) lacking.add(name);
    for (const name of lacking)
      if (!this.expected.has(name))
        this.#notes.add(
          `The extension \`${name}\` is not there on ${engine.name} ${engine.version}: its statements were left out, and what needs it does not run.`,
        );
    if (!engine.kept) {
      const roles = await rolesFor(engine, this.#texts());
      this.#missingRoles = roles.missing;
      for (const note of rolesTold(roles, engine)) this.#notes.add(note);
      let whole = lacking.size === 0;
      for (const { id, transaction, statements } of this.#history) {
        if (engine.ended) return;
        this.#tell(`replaying ${id}`);
        const there = statements.filter((sql) => !lacking.has(extensionIn(sql) ?? '') && givesTo(sql, roles.missing) === undefined);
        const error = await replay(engine, transaction, there);
        if (error) {
          lacks(error, this.#extensions, 'history');
          this.#notes.add(`The earlier migration ${id} did not run: ${spoken(error)}.`);
        }
        whole &&= error === undefined;
      }
      const { before } = this.input.context.change;
      if (this.#history.length === 0 && before) for (const note of await makeBefore(engine, before, this.#extensions)) this.#notes.add(note);
      if (whole && kept !== undefined) await engine.keep?.(kept);
    }
    if (this.input.rows && !engine.ended) await this.#fill(engine, this.input.rows);
  }

  async #fill(engine: Engine, rows: number): Promise<void> {
    const { before, after } = this.input.context.change;
    const snapshot = await readSnapshot(engine, { defaultSchema: this.#schema });
    const touched = before?.tables.map(({ schema, name }) => (schema === undefined ? name : `${schema}.${name}`));
    this.#tell('making rows');
    const filled = await fillRows(engine, snapshot, {
      rows,
      seed: this.input.seed ?? 1,
      ...(touched && { tables: touched }),
      ...(after && { satisfying: after }),
    });
    this.#rows = filled.rows;
    for (const note of filled.notes) this.#notes.add(note);
  }

  /** The sequence up, down and up again. */
  async #walk(engine: Engine): Promise<Ends> {
    const session = new Session(engine, this.#schema);
    const start = await this.#state(engine);
    const states = [start];
    const rows = await this.#sums(engine, start);
    await this.#ask(engine, ({ when, migration }) => when === 'pre-flight' && migration === undefined);
    for (const migration of this.#planned) {
      await this.#ask(engine, ({ when, migration: of }) => when === 'pre-flight' && of === migration.id);
      if (this.input.rows) await this.#break(engine, migration);
      this.#tell(`up ${migration.id}`);
      if (!(await this.#up(engine, session, migration, 'sequence'))) return { start };
      states.push(await this.#state(engine));
      await this.#ask(engine, ({ when, migration: of }) => when !== 'pre-flight' && of === migration.id);
    }
    await this.#ask(engine, ({ when, migration }) => when !== 'pre-flight' && migration === undefined);
    if (this.#asWritten) this.#comparePrediction(states.at(-1));
    await this.#compareRows(engine, states.at(-1), rows);
    const endRows = this.#asWritten ? [] : await this.#sums(engine, states.at(-1));
    if (await this.#down(engine, session, states)) {
      const again = await this.#upAgain(engine, session, states);
      if (again && this.#asWritten) await this.#authorsDown(engine, session, start);
    }
    const end = states.at(-1);
    return end ? { start, end, rows: endRows } : { start };
  }

  #state(engine: Engine, known?: State): Promise<State> {
    return readState(engine, this.#schema, known);
  }

  async #break(engine: Engine, migration: Rehearsed): Promise<void> {
    this.#breaking.push(...(await breakSteps(engine, migration, { queries: this.#allQueries(), seed: this.input.seed ?? 1, defaultSchema: this.#schema })));
  }

  /** Back to the start, the newest first. Where the plan's way back leaves something, the way between the two catalogues is tried after it. */
  async #down(engine: Engine, session: Session, states: readonly State[]): Promise<boolean> {
    for (const [place, { id, down }] of [...this.#planned.entries()].reverse()) {
      const before = states[place];
      if (!before) return false;
      this.#tell(`down ${id}`);
      const sides = { expected: `before ${id}`, found: 'after its down' };
      const about = { kind: 'down', migration: id, what: `the schema ${sides.expected} against ${sides.found}` } as const;
      let error = down ? await this.#run(engine, session, down, 'down') : undefined;
      const lost = error && this.#lostBefore(error, id);
      if (error && lost && down && !engine.ended) {
        // What has run by itself stays: the others follow it.
        const ran = down.transaction === 'transactional' ? 0 : (this.#migrations.at(-1)?.statements.length ?? 1) - 1;
        if (!(await this.#emptiedFor(engine, session, lost, `that of ${id} meets ${spoken(error)}: from there on the ways back were run`, error))) return false;
        error = await this.#run(engine, session, { ...down, statements: down.statements.slice(ran) }, 'down');
      }
      if (engine.ended) return false;
      let now = await this.#state(engine, before);
      let found = restored(before, now, sides);
      if (!found.equal) {
        const why = error ? `does not run (${spoken(error)})` : down ? `leaves ${differing(found.differences)}` : 'is missing';
        const more = downBetween({ before: before.definitions, after: now.definitions });
        const statements = more.statements.map((sql) => ({ sql }));
        error = await this.#run(engine, session, { id, transaction: more.transaction, statements }, 'down');
        if (engine.ended) return false;
        if (!error) {
          now = await this.#state(engine, before);
          found = restored(before, now, sides);
          this.#notes.add(
            `The way back of ${id} as planned ${why}; ${counted(statements.length, 'statement')} from the two catalogues ${statements.length === 1 ? 'was' : 'were'} run after it.`,
          );
        }
      }
      if (error) {
        this.#comparisons.push({ ...about, equal: false, differences: [`The way back of ${id} does not run: ${spoken(error)}.`] });
        return false;
      }
      this.#compared(about, found);
    }
    return true;
  }

  async #upAgain(engine: Engine, session: Session, states: readonly State[]): Promise<boolean> {
    const [start, end] = [states[0], states.at(-1)];
    const about = { kind: 'up again', what: 'the end of the first way up against the end of the second' } as const;
    let stopped = await this.#secondUp(engine, session);
    const lost = stopped && this.#lostBefore(stopped.error);
    if (stopped && lost && start && end && !engine.ended) {
      const { id, error } = stopped;
      if (!(await this.#emptiedFor(engine, session, lost, `${id} meets ${spoken(error)}: the second way up was run`, error, start))) return false;
      stopped = await this.#secondUp(engine, session);
    }
    if (stopped) {
      const { id, error } = stopped;
      this.#comparisons.push({ ...about, migration: id, equal: false, differences: [`${id} does not run a second time: ${spoken(error)}.`] });
      return false;
    }
    if (!end) return false;
    const now = await this.#state(engine, end);
    this.#compared(about, restored(end, now, { expected: 'after the first way up', found: 'after the second' }));
    return true;
  }

  async #secondUp(engine: Engine, session: Session): Promise<{ readonly id: string; readonly error: StatementError } | undefined> {
    for (const migration of this.#planned) {
      this.#tell(`up again ${migration.id}`);
      const error = await this.#run(engine, session, migration, 'up again');
      if (error) return { id: migration.id, error };
    }
    return undefined;
  }

  /**
   * Takes the rows away that a way back which nobody promises has left, and says so: nothing is wrong with the run just recorded, which met them. What it does to
   * the schema can be tried without them, from `start` where one is given.
   */
  async #emptiedFor(engine: Engine, session: Session, { id, why }: Lost, what: string, error: StatementError, start?: State): Promise<boolean> {
    const last = this.#migrations.at(-1);
    if (last) this.#migrations[this.#migrations.length - 1] = withoutFailure(last, `the way back has not left the rows that it needs (${spoken(error)})`);
    this.#notes.add(`The way back of ${id} does not bring the rows back as they were (${why}), and with what is left of them ${what} on empty tables.`);
    const could = await emptied(engine, this.#schema, start);
    session.forget();
    return could;
  }

  /** The last migration whose way back was said not to bring all rows back, where an error is about rows; of those after `id`, where one is given. */
  #lostBefore(error: StatementError, id?: string): Lost | undefined {
    if (!isAboutData(error)) return undefined;
    const all = this.input.context.sequence?.migrations ?? [];
    const taken = id === undefined ? all : all.slice(all.findIndex((one) => one.id === id) + 1);
    const lossy = taken.findLast(({ reversibility }) => (reversibility?.kind ?? 'reversible') !== 'reversible');
    if (!lossy) return undefined;
    const { reason, loses = [] } = lossy.reversibility ?? {};
    return { id: lossy.id, why: reason ?? loses.join(', ') };
  }

  /** The change as its author wrote it: it has to end where the sequence ends. */
  async #change(engine: Engine, planned: Ends): Promise<void> {
    const session = new Session(engine, this.#schema);
    const before = await this.#state(engine, planned.start);
    for (const migration of this.#written) {
      this.#tell(`as written ${migration.id}`);
      if (await this.#up(engine, session, migration, 'change')) continue;
      this.#notes.add('The change as written does not run to its end, so its end was not compared with that of the sequence.');
      return;
    }
    const end = await this.#state(engine, planned.end);
    this.#comparePrediction(end);
    if (planned.end) {
      const sides = { expected: 'after the change as written', found: 'after the sequence' };
      this.#compared({ kind: 'same end', what: `the schema ${sides.expected} against ${sides.found}` }, sameEnd(end, planned.end, sides));
      this.#compareEndRows(await this.#sums(engine, end), planned.rows ?? [], end);
    }
    await this.#authorsDown(engine, session, before);
  }

  /** The down files of the author, from the end of the change on. */
  async #authorsDown(engine: Engine, session: Session, before: State): Promise<void> {
    // Where one has none, those before it start from a schema that is not theirs.
    if (!this.#written.every(({ down }) => down)) return;
    const sides = { expected: 'before the change', found: "after its author's down" };
    const about = { kind: "author's down", what: `the schema ${sides.expected} against ${sides.found}` } as const;
    for (const { id, down } of [...this.#written].reverse()) {
      if (!down) continue;
      this.#tell(`the author's down of ${id}`);
      const error = await this.#run(engine, session, down, "author's down", 'change');
      if (!error) continue;
      this.#comparisons.push({ ...about, equal: false, differences: [`The down file of ${id} does not run: ${spoken(error)}.`] });
      return;
    }
    this.#compared(about, restored(before, await this.#state(engine, before), sides));
  }

  async #up(engine: Engine, session: Session, migration: Rehearsed, subject: 'change' | 'sequence'): Promise<boolean> {
    const ran = this.#withoutLacking(engine, await runMigration(engine, session, this.#runnable(migration), { subject }));
    const versions = { target: majorOf(this.input.context.target.version), ran: majorOf(engine.version) };
    this.#migrations.push(withDisagreements(ran, migration, madeBy([...this.#written, ...this.#planned]), versions));
    return ran.error === undefined && engine.ended === undefined;
  }

  #runnable(migration: RunMigration): RunMigration {
    return { ...migration, statements: withoutMissing(migration.statements, this.#missingRoles) };
  }

  /** What needs an extension that the engine does not have says nothing of the migration: it counts as not run. */
  #withoutLacking(engine: Engine, ran: RanMigration): RanMigration {
    const lacking = ran.error && lacks(ran.error, this.#extensions, 'change');
    if (lacking === undefined) return ran;
    return { ...ran, evidence: withoutFailure(ran.evidence, `it needs the extension \`${lacking}\`, which ${engine.name} ${engine.version} does not have`) };
  }

  /** Runs a migration and records it. Returns why it stopped. */
  async #run(
    engine: Engine,
    session: Session,
    migration: RunMigration,
    direction: Direction,
    subject: 'change' | 'sequence' = 'sequence',
  ): Promise<StatementError | undefined> {
    const { evidence, error } = await runMigration(engine, session, this.#runnable(migration), { subject, direction });
    this.#migrations.push(evidence);
    return error ?? engine.ended;
  }

  /** Asks the validation queries that are due now. */
  async #ask(engine: Engine, due: (query: ValidationQuery) => boolean): Promise<void> {
    for (const query of this.#allQueries().filter(due)) {
      if (engine.ended) return;
      const start = performance.now();
      try {
        const rows = await engine.query(query.sql);
        this.#queries.push({ query: query.id, observed: printed(rows), milliseconds: rounded(performance.now() - start) });
      } catch (thrown) {
        this.#queries.push({ query: query.id, observed: '', error: thrown instanceof Error ? thrown.message : String(thrown) });
      }
    }
  }

  #allQueries(): readonly ValidationQuery[] {
    const { validation = [], sequence } = this.input.context;
    const all = [...validation, ...(sequence?.migrations ?? []).flatMap(({ validation: own }) => own ?? [])];
    // A scratch server has a version and an idle life of its own: neither says anything of the one that the plan will run on.
    return all.filter(({ check }) => check !== 'version' && check !== 'activity');
  }

  /** The sequence has to do to the rows what the change does. */
  #compareEndRows(written: readonly TableChecksums[], planned: readonly TableChecksums[], end: State): void {
    if (written.length === 0 || planned.length === 0) return;
    const settled = settledBy(
      [...this.#written, ...this.#planned].flatMap(({ statements }) => statements),
      end.snapshot,
    );
    const differences = differingRows(written, planned, settled);
    const what = 'the rows after the change as written against after the sequence';
    this.#comparisons.push({ kind: 'same rows', what, equal: differences.length === 0, ...(differences.length > 0 && { differences: [...differences] }) });
  }

  async #sums(engine: Engine, state: State | undefined): Promise<readonly TableChecksums[]> {
    const tables = [...new Set([...Object.keys(this.#rows), ...(this.input.context.change.after?.tables ?? []).map(tableKey)])];
    if (Object.keys(this.#rows).length === 0) return [];
    return state ? checksums(engine, state.snapshot, { tables }) : [];
  }

  /** No row may be lost, and no value be another one, where no statement means to. */
  async #compareRows(engine: Engine, end: State | undefined, before: readonly TableChecksums[]): Promise<void> {
    if (before.length === 0 || !end) return;
    const operations = this.#planned.flatMap(({ statements }) => statements.flatMap((statement) => statement.operations));
    const untouched = untouchedBy(operations);
    const what = 'rows, and values of columns that no statement changes, before the sequence against after it';
    if (!untouched) {
      this.#notes.add('Rows were not compared: a statement of the sequence was not analysed, so nobody knows which rows it means to change.');
      return;
    }
    const differences = compareChecksums(before, await checksums(engine, end.snapshot), untouched);
    this.#comparisons.push({ kind: 'rows', what, equal: differences.length === 0, ...(differences.length > 0 && { differences: [...differences] }) });
  }

  /** What was predicted of the schema after the change. Of statements that nobody read nothing is predicted. */
  #comparePrediction(end: State | undefined): void {
    const { before, after } = this.input.context.change;
    const unread = this.#written.some(({ statements }) => statements.some(({ operations }) => operations.some(({ type }) => type === 'unknown')));
    if (!after || !end || unread) return;
    const what = 'the objects that the change touches, as predicted against as they are after it';
    this.#compared({ kind: 'prediction', what }, comparePrediction(before, after, end.snapshot));
  }

  #compared(about: Pick<Comparison, 'kind' | 'migration' | 'what'>, { equal, strict, differences }: SchemaComparison): void {
    this.#comparisons.push({ ...about, equal, strict, ...(differences.length > 0 && { differences: [...differences] }) });
  }

  #texts(): readonly string[] {
    return [
      ...this.#history.flatMap(({ statements }) => statements),
      ...[...this.#written, ...this.#planned].flatMap(({ statements }) => statements.map(({ sql }) => sql)),
    ];
  }

  #tell(doing: string): void {
    this.input.onProgress?.(doing);
  }
}

/** A migration whose error is not its own: it counts as not run, with the reason. */
function withoutFailure(evidence: MigrationEvidence, why: string): MigrationEvidence {
  return {
    ...evidence,
    statements: evidence.statements.map((statement) => (statement.error === undefined ? statement : { ...statement, error: `not run: ${why}` })),
  };
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** How many differences there are, and the first of them. */
function differing(differences: readonly string[]): string {
  const first = (differences[0] ?? '').replace(/\s+/g, ' ');
  const shown = first.length > 160 ? `${first.slice(0, 159)}…` : first.replace(/\.$/, '');
  return `${counted(differences.length, 'difference')} (${shown})`;
}
