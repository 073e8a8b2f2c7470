import type { Comparison, Context, Evidence, MigrationEvidence, QueryEvidence, Snapshot, TransactionMode, ValidationQuery } from '@planwright/spec';
import { readSnapshot } from './catalogue.js';
import { compareSchemas } from './compare-schemas.js';
import type { Engine, OpenEngine, SavedDatabase } from './engine.js';
import { Session } from './observe/session.js';
import { printed } from './walk/answer.js';
import { disagreements } from './walk/disagreements.js';
import { type RanMigration, type RunMigration, rounded, runMigration } from './walk/run-migration.js';
import { isAsWritten, type Rehearsed, sequenceMigrations, writtenMigrations } from './walk/subject.js';

/** A migration from before the change. */
export interface EarlierMigration {
  readonly id: string;
  readonly transaction: TransactionMode;
  /** Its statements in order, one text each. */
  readonly statements: readonly string[];
}

export interface RehearsalInput {
  /** What is rehearsed: its change, its sequence with ways back, and its validation queries. Statements without SQL are left out. */
  readonly context: Context;
  /** What makes the schema before the change, in its order. */
  readonly history?: readonly EarlierMigration[];
  /** Rows that are made for each table before the change runs; none if absent. */
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
  return new Rehearsal(input, open).run();
}

class Rehearsal {
  readonly #migrations: MigrationEvidence[] = [];
  readonly #queries: QueryEvidence[] = [];
  readonly #comparisons: Comparison[] = [];
  readonly #notes: string[] = [];
  readonly #schema: string;

  constructor(
    private readonly input: RehearsalInput,
    private readonly open: OpenEngine,
  ) {
    this.#schema = input.context.change.before?.defaultSchema ?? 'public';
  }

  async run(): Promise<Evidence> {
    const { context } = this.input;
    const extensions = extensionsOf(this.input);
    const written = writtenMigrations(context.change);
    const one = isAsWritten(context);
    const planned = one || !context.sequence ? (context.sequence ? sequenceMigrations(context.sequence) : written) : sequenceMigrations(context.sequence);
    const first = await this.#started(extensions);
    const named = { name: first.name, version: first.version };
    let start: SavedDatabase | undefined;
    let end: Snapshot | undefined;
    try {
      if (!one) start = await first.save?.();
      end = await this.#walk(first, planned, one ? written : undefined);
      if (first.ended) this.#notes.push(`The rehearsal stopped: ${first.ended.message}.`);
    } finally {
      await first.close();
    }
    if (!one) {
      const second = start ? await this.open({ extensions, from: start }) : await this.#started(extensions);
      try {
        await this.#asWritten(second, written, end);
        if (second.ended) this.#notes.push(`The rehearsal stopped: ${second.ended.message}.`);
      } finally {
        await second.close();
      }
    }
    return {
      engine: named,
      migrations: this.#migrations,
      ...(this.#queries.length > 0 && { queries: this.#queries }),
      ...(this.#comparisons.length > 0 && { comparisons: this.#comparisons }),
      ...(this.#notes.length > 0 && { notes: [...new Set(this.#notes)] }),
    };
  }

  /** An engine with the schema before the change. */
  async #started(extensions: readonly string[]): Promise<Engine> {
    this.#tell('starting the scratch database');
    const engine = await this.open({ extensions });
    for (const { id, transaction, statements } of this.input.history ?? []) {
      if (engine.ended) break;
      this.#tell(`replaying ${id}`);
      const error = await replay(engine, transaction, statements);
      if (error) this.#notes.push(`Earlier migration ${id} did not run: ${error}.`);
    }
    return engine;
  }

  /** The sequence, or the change where it is the sequence: up, down, up again, and the author's down where that was the change. Returns the schema at the end. */
  async #walk(engine: Engine, migrations: readonly Rehearsed[], written: readonly Rehearsed[] | undefined): Promise<Snapshot | undefined> {
    const session = new Session(engine, this.#schema);
    const states: Snapshot[] = [await this.#snapshot(engine)];
    await this.#ask(engine, (query) => query.when === 'pre-flight' && query.migration === undefined);
    for (const migration of migrations) {
      await this.#ask(engine, ({ when, migration: of }) => when === 'pre-flight' && of === migration.id);
      this.#tell(`up ${migration.id}`);
      if (!(await this.#up(engine, session, migration, 'sequence'))) return undefined;
      states.push(await this.#snapshot(engine));
      await this.#ask(engine, ({ when, migration: of }) => when === 'after migration' && of === migration.id);
      await this.#ask(engine, ({ when, migration: of }) => when === 'after backfill' && of === migration.id);
    }
    await this.#ask(engine, ({ when, migration }) => when !== 'pre-flight' && migration === undefined);
    const end = states.at(-1);
    if (await this.#backAndUpAgain(engine, session, migrations, states)) if (written) await this.#authorsDown(engine, session, written, states[0]);
    return end;
  }

  async #backAndUpAgain(engine: Engine, session: Session, migrations: readonly Rehearsed[], states: readonly Snapshot[]): Promise<boolean> {
    for (const [place, migration] of [...migrations.entries()].reverse()) {
      if (!migration.down) {
        this.#notes.push(`Migration ${migration.id} has no way back: what comes before it was not taken back.`);
        return false;
      }
      this.#tell(`down ${migration.id}`);
      const { evidence, error } = await runMigration(engine, session, migration.down, { subject: 'sequence', direction: 'down' });
      this.#migrations.push(evidence);
      const before = states[place];
      if (error || engine.ended || !before) {
        this.#comparisons.push({
          kind: 'down',
          migration: migration.id,
          what: `the schema before ${migration.id} against after its down`,
          equal: false,
          differences: [`The down of ${migration.id} does not run${error ? `: ${error.code}: ${error.message}` : ''}.`],
        });
        return false;
      }
      const sides = { expected: `before ${migration.id}`, found: 'after its down' };
      const comparison = compareSchemas(before, await this.#snapshot(engine), sides);
      this.#compared({ kind: 'down', migration: migration.id, what: `the schema ${sides.expected} against ${sides.found}` }, comparison);
    }
    for (const migration of migrations) {
      this.#tell(`up again ${migration.id}`);
      const { evidence, error } = await runMigration(engine, session, migration, { subject: 'sequence', direction: 'up again' });
      this.#migrations.push(evidence);
      if (!error && !engine.ended) continue;
      this.#comparisons.push({
        kind: 'up again',
        migration: migration.id,
        what: 'the end of the first way up against the end of the second',
        equal: false,
        differences: [`${migration.id} does not run a second time${error ? `: ${error.code}: ${error.message}` : ''}.`],
      });
      return false;
    }
    const end = states.at(-1);
    if (end)
      this.#compared(
        { kind: 'up again', what: 'the end of the first way up against the end of the second' },
        compareSchemas(end, await this.#snapshot(engine), { expected: 'after the first way up', found: 'after the second' }),
      );
    return true;
  }

  /** The change as its author wrote it: it has to end where the sequence ends. */
  async #asWritten(engine: Engine, written: readonly Rehearsed[], planned: Snapshot | undefined): Promise<void> {
    const session = new Session(engine, this.#schema);
    const before = await this.#snapshot(engine);
    for (const migration of written) {
      this.#tell(`as written ${migration.id}`);
      if (await this.#up(engine, session, migration, 'change')) continue;
      this.#notes.push(`The change as written does not run to its end, so its end was not compared with that of the sequence.`);
      return;
    }
    if (planned)
      this.#compared(
        { kind: 'same end', what: 'the end of the change as written against the end of the sequence' },
        compareSchemas(await this.#snapshot(engine), planned, { expected: 'after the change as written', found: 'after the sequence' }),
      );
    await this.#authorsDown(engine, session, written, before);
  }

  /** The down files of the author, from the end of the change on. */
  async #authorsDown(engine: Engine, session: Session, written: readonly Rehearsed[], before: Snapshot | undefined): Promise<void> {
    // Where one has none, those before it start from a schema that is not theirs.
    if (!before || !written.every(({ down }) => down)) return;
    const about = { kind: "author's down", what: "the schema before the change against after its author's down" } as const;
    for (const { id, down } of [...written].reverse()) {
      if (!down) continue;
      this.#tell(`the author's down of ${id}`);
      const { evidence, error } = await runMigration(engine, session, down, { subject: 'change', direction: "author's down" });
      this.#migrations.push(evidence);
      if (!error && !engine.ended) continue;
      this.#comparisons.push({
        ...about,
        equal: false,
        differences: [`The down file of ${id} does not run${error ? `: ${error.code}: ${error.message}` : ''}.`],
      });
      return;
    }
    this.#compared(about, compareSchemas(before, await this.#snapshot(engine), { expected: 'before the change', found: "after its author's down" }));
  }

  async #up(engine: Engine, session: Session, migration: Rehearsed, subject: 'change' | 'sequence'): Promise<boolean> {
    const ran = await runMigration(engine, session, migration, { subject });
    this.#migrations.push(withDisagreements(ran, migration));
    return ran.error === undefined && engine.ended === undefined;
  }

  /** Asks the validation queries that are due now. */
  async #ask(engine: Engine, due: (query: ValidationQuery) => boolean): Promise<void> {
    const { context } = this.input;
    const queries = [...(context.validation ?? []), ...(context.sequence?.migrations ?? []).flatMap(({ validation }) => validation ?? [])];
    for (const query of queries.filter(due)) {
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

  #compared(about: Pick<Comparison, 'kind' | 'migration' | 'what'>, { equal, strict, differences }: ReturnType<typeof compareSchemas>): void {
    this.#comparisons.push({ ...about, equal, strict, ...(differences.length > 0 && { differences: [...differences] }) });
  }

  #snapshot(engine: Engine): Promise<Snapshot> {
    return readSnapshot(engine, { defaultSchema: this.#schema });
  }

  #tell(doing: string): void {
    this.input.onProgress?.(doing);
  }
}

function withDisagreements({ evidence, seen, there }: RanMigration, migration: RunMigration & Pick<Rehearsed, 'statements'>): MigrationEvidence {
  return {
    ...evidence,
    statements: evidence.statements.map((statement, place) => {
      const work = seen[place]?.work;
      const planned = migration.statements[place];
      if (!work || planned?.lock?.basis !== 'predicted') return statement;
      const found = disagreements(planned.lock, planned.operations, work, there);
      return found.length > 0 ? { ...statement, disagrees: [...found] } : statement;
    }),
  };
}

/** Runs a migration that nobody watches. Returns why it stopped. */
async function replay(engine: Engine, transaction: TransactionMode, statements: readonly string[]): Promise<string | undefined> {
  const whole = transaction === 'transactional';
  if (whole) await engine.run('BEGIN');
  let stopped: string | undefined;
  for (const statement of statements) {
    const { error } = await engine.run(statement);
    if (!error) continue;
    stopped = `${error.code}: ${error.message}`;
    break;
  }
  if (engine.ended) return stopped;
  if (whole) {
    const { error } = await engine.run(stopped === undefined ? 'COMMIT' : 'ROLLBACK');
    if (error) stopped ??= `${error.code}: ${error.message}`;
  }
  await engine.run('DISCARD ALL');
  return stopped;
}

/** Extensions that the history and the change create. */
function extensionsOf({ history = [], context: { change, sequence } }: RehearsalInput): readonly string[] {
  const texts = [
    ...history.flatMap(({ statements }) => statements),
    ...change.migrations.flatMap(({ statements }) => statements.map(({ sql }) => sql ?? '')),
    ...(sequence?.migrations ?? []).flatMap(({ statements }) => statements.map(({ sql }) => sql ?? '')),
  ];
  const created = /\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?(?:"([^"]+)"|([\w-]+))/gi;
  return [...new Set(texts.flatMap((text) => [...text.matchAll(created)].flatMap(([, quoted, plain]) => quoted ?? plain?.toLowerCase() ?? [])))].sort();
}
