import type { LockMode } from '@planwright/spec';
import { plainName, userSchema } from '../catalogue/scope.js';
import type { Engine, Ran } from '../engine.js';
import { modeFrom, strongest } from './lock-mode.js';

/** What one statement did, as the session that ran it could see. */
export interface Seen {
  readonly ran: Ran;
  /** Absent where it could not be seen: outside a transaction nothing is left to look at when the statement is done. */
  readonly work?: Work;
}

/** Relations are those that were there when the transaction began, by the name they had before the statement. */
export interface Work {
  /** Strongest lock that the statement added to what the transaction held. */
  readonly locks: readonly { readonly relation: string; readonly mode: LockMode }[];
  /** Every lock that the transaction holds after it. */
  readonly held: ReadonlyMap<string, ReadonlySet<LockMode>>;
  readonly rewrites: readonly string[];
  readonly scans: readonly string[];
}

interface Relation {
  name: string;
  file: number;
  scans: number;
  readonly modes: Set<LockMode>;
}

interface LockRow {
  readonly oid: number;
  readonly mode: string;
  readonly name: string | null;
  readonly file: number | null;
  readonly scans: number;
}

interface RelationRow {
  readonly oid: number;
  readonly name: string;
  readonly file: number | null;
  readonly scans: number;
}

/**
 * Watches one session, with one question a statement. What a statement writes anew or reads in full it has locked, so only locked relations are looked at;
 * what was before it is known from the question before.
 */
export class Session {
  readonly #engine: Engine;
  readonly #schema: string;
  #known = new Map<number, Relation>();
  // Relations made later have higher numbers: within the transaction that makes them nobody else can wait for them.
  #newest = 0;
  #stale = true;

  constructor(engine: Engine, defaultSchema = 'public') {
    this.#engine = engine;
    // A name that is put into a question without parameters; it is the project's own.
    this.#schema = `'${defaultSchema.replaceAll("'", "''")}'`;
  }

  /** Names of the relations that are there now. */
  async names(): Promise<ReadonlySet<string>> {
    this.#look(await this.#engine.query<RelationRow>(this.#relationsSince(this.#since())));
    return new Set([...this.#known.values()].map(({ name }) => name));
  }

  /** Begins a transaction whose statements are observed. */
  async begin(): Promise<void> {
    const question = this.#relationsSince(this.#since());
    const { answer, error } = await this.#engine.run('BEGIN', question);
    if (error) throw new Error(`${error.code}: ${error.message}`);
    // The cast: it is what the question gives.
    this.#look((answer ?? (await this.#engine.query<RelationRow>(question))) as readonly RelationRow[]);
  }

  /** Runs one statement in the transaction that `begin` opened. */
  async run(statement: string): Promise<Seen> {
    const question = this.#locks();
    const ran = await this.#engine.run(statement, question);
    if (ran.error) return { ran };
    const rows = (ran.answer ?? (await this.#engine.query<LockRow>(question))) as readonly LockRow[];
    return { ran, work: this.#read(rows) };
  }

  /** Runs one statement that nothing is seen of: it has a transaction of its own, or none. */
  async runUnseen(statement: string): Promise<Seen> {
    this.forget();
    return { ran: await this.#engine.run(statement) };
  }

  /** What is known of the relations is no longer so: a transaction was rolled back, or something ran unseen. */
  forget(): void {
    this.#stale = true;
  }

  #since(): number {
    return this.#stale ? 16_383 : this.#newest;
  }

  #look(rows: readonly RelationRow[]): void {
    if (this.#stale) this.#known = new Map();
    else
      for (const relation of this.#known.values()) {
        relation.modes.clear();
        relation.scans = 0;
      }
    for (const { oid, name, file, scans } of rows) {
      this.#known.set(oid, { name, file: file ?? 0, scans, modes: new Set() });
      this.#newest = Math.max(this.#newest, oid);
    }
    this.#stale = false;
  }

  #read(rows: readonly LockRow[]): Work {
    const added = new Map<Relation, { readonly name: string; readonly modes: LockMode[] }>();
    const rewrites: string[] = [];
    const scans: string[] = [];
    const looked = new Map<Relation, string>();
    for (const row of rows) {
      const relation = this.#known.get(row.oid);
      if (!relation) continue;
      const name = looked.get(relation) ?? relation.name;
      const mode = modeFrom(row.mode);
      if (!relation.modes.has(mode)) {
        relation.modes.add(mode);
        const known = added.get(relation);
        if (known) known.modes.push(mode);
        else added.set(relation, { name, modes: [mode] });
      }
      if (looked.has(relation)) continue;
      looked.set(relation, name);
      if (row.file !== null && relation.file !== 0 && row.file !== relation.file) rewrites.push(name);
      if (row.scans > relation.scans) scans.push(name);
      relation.file = row.file ?? relation.file;
      relation.scans = row.scans;
      // A dropped one has no name any more.
      if (row.name !== null) relation.name = row.name;
    }
    const locks = [...added.values()].flatMap(({ name, modes }) => {
      const mode = strongest(modes);
      return mode === undefined ? [] : [{ relation: name, mode }];
    });
    const held = new Map([...looked].map(([{ modes }, name]) => [name, new Set(modes)]));
    return { locks: locks.sort((one, other) => (one.relation < other.relation ? -1 : 1)), held, rewrites: rewrites.sort(), scans: scans.sort() };
  }

  // Between transactions the server may or may not have put the counts of scans away, so those that are not zero are asked for.
  #relationsSince(oid: number): string {
    return `SELECT c.oid::int AS oid, ${this.#name()} AS name, pg_relation_filenode(c.oid)::int AS file, pg_stat_get_xact_numscans(c.oid)::int AS scans
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm') AND (c.oid > ${oid} OR pg_stat_get_xact_numscans(c.oid) > 0) AND ${userSchema}`;
  }

  #locks(): string {
    return `SELECT l.relation::int AS oid, l.mode, ${this.#name()} AS name, pg_relation_filenode(l.relation)::int AS file, pg_stat_get_xact_numscans(l.relation)::int AS scans
      FROM pg_locks l LEFT JOIN (pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace) ON c.oid = l.relation
      WHERE l.locktype = 'relation' AND l.pid = pg_backend_pid() AND l.granted AND l.relation BETWEEN 16384 AND ${this.#newest}
        AND (c.relkind IS NULL OR c.relkind IN ('r', 'p', 'v', 'm'))`;
  }

  #name(): string {
    return plainName('n.nspname', 'c.relname').replaceAll('$1', () => this.#schema);
  }
}
