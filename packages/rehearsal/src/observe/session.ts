import type { LockMode } from '@planwright/spec';
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
  readonly file: number | null;
  readonly scans: number;
}

interface RelationRow {
  readonly oid: number;
  readonly schema: number;
  readonly name: string;
  readonly file: number | null;
  readonly scans: number;
}

/** Statements that can give a relation another name. */
const mayRename = /\b(rename|schema)\b|^\s*(do|call|select|with)\b/i;

/**
 * Watches one session, with one question a statement. What a statement writes anew or reads in full it has locked, so only locked relations are looked at;
 * what was before it is known from the question before. The questions join nothing, as to plan a join takes longer than most statements.
 */
export class Session {
  readonly #engine: Engine;
  readonly #schema: string;
  readonly #known = new Map<number, Relation>();
  /** Names of schemas by oid; nothing for those that are the database's own. */
  readonly #schemas = new Map<number, string | undefined>();
  #names: ReadonlySet<string> | undefined;
  // Relations made later have higher numbers: within the transaction that makes them nobody else can wait for them.
  #newest = 0;
  #stale = true;

  constructor(engine: Engine, defaultSchema = 'public') {
    this.#engine = engine;
    this.#schema = defaultSchema;
  }

  /** Names of the relations that were there when the newest transaction began. */
  get names(): ReadonlySet<string> {
    this.#names ??= new Set([...this.#known.values()].map(({ name }) => name));
    return this.#names;
  }

  /** Begins a transaction whose statements are observed. `how` is its isolation level and the like: once something was looked at, it is too late for them. */
  async begin(how = ''): Promise<void> {
    const question = relationsSince(this.#stale ? 16_383 : this.#newest);
    if (this.#stale) {
      this.#known.clear();
      this.#schemas.clear();
      this.#names = undefined;
    }
    this.#stale = false;
    for (const relation of this.#known.values()) {
      relation.modes.clear();
      relation.scans = 0;
    }
    await this.#look(await this.#ask<RelationRow>(`BEGIN ${how}`.trim(), question));
  }

  /** Runs one statement in the transaction that `begin` opened. */
  async run(statement: string): Promise<Seen> {
    const question = this.#locks();
    const ran = await this.#engine.run(statement, question);
    if (ran.error) return { ran };
    // The cast: it is what the question gives.
    const rows = (ran.answer ?? (await this.#engine.query<LockRow>(question))) as readonly LockRow[];
    const work = this.#read(rows);
    if (mayRename.test(statement) && work.locks.length > 0) await this.#rename();
    return { ran, work };
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

  async #ask<Row>(statement: string, question: string): Promise<readonly Row[]> {
    const { answer, error } = await this.#engine.run(statement, question);
    if (error) throw new Error(`${error.code}: ${error.message}`);
    // The cast: it is what the question gives.
    return (answer ?? (await this.#engine.query<Row>(question))) as readonly Row[];
  }

  async #look(rows: readonly RelationRow[]): Promise<void> {
    if (rows.some(({ schema }) => !this.#schemas.has(schema))) await this.#readSchemas();
    for (const { oid, schema, name, file, scans } of rows) {
      this.#newest = Math.max(this.#newest, oid);
      const known = this.#known.get(oid);
      const named = this.#named(schema, name);
      if (known) known.scans = scans;
      else if (named !== undefined) {
        this.#known.set(oid, { name: named, file: file ?? 0, scans, modes: new Set() });
        this.#names = undefined;
      }
    }
  }

  async #readSchemas(): Promise<void> {
    const rows = await this.#engine.query<{ readonly oid: number; readonly name: string }>('SELECT oid::int AS oid, nspname AS name FROM pg_namespace');
    for (const { oid, name } of rows) this.#schemas.set(oid, name.startsWith('pg_') || name === 'information_schema' ? undefined : name);
  }

  #named(schema: number, name: string): string | undefined {
    const found = this.#schemas.get(schema);
    return found === undefined ? undefined : found === this.#schema ? name : `${found}.${name}`;
  }

  /** Gives the known relations the names that they have now; a dropped one keeps its own. */
  async #rename(): Promise<void> {
    await this.#readSchemas();
    const rows = await this.#engine.query<RelationRow>(relationsSince(16_383));
    for (const { oid, schema, name } of rows) {
      const known = this.#known.get(oid);
      const named = this.#named(schema, name);
      if (known && named !== undefined && known.name !== named) {
        known.name = named;
        this.#names = undefined;
      }
    }
  }

  #read(rows: readonly LockRow[]): Work {
    const added = new Map<string, LockMode[]>();
    const rewrites: string[] = [];
    const scans: string[] = [];
    const looked = new Set<Relation>();
    for (const row of rows) {
      const relation = this.#known.get(row.oid);
      if (!relation) continue;
      const { name } = relation;
      const mode = modeFrom(row.mode);
      if (!relation.modes.has(mode)) {
        relation.modes.add(mode);
        added.set(name, [...(added.get(name) ?? []), mode]);
      }
      if (looked.has(relation)) continue;
      looked.add(relation);
      if (row.file !== null && relation.file !== 0 && row.file !== relation.file) rewrites.push(name);
      if (row.scans > relation.scans) scans.push(name);
      relation.file = row.file ?? relation.file;
      relation.scans = row.scans;
    }
    const held = new Map([...looked].map(({ name, modes }) => [name, new Set(modes)]));
    const locks = [...added].flatMap(([relation, modes]) => {
      const mode = strongest(modes);
      return mode === undefined ? [] : [{ relation, mode }];
    });
    return { locks: locks.sort((one, other) => (one.relation < other.relation ? -1 : 1)), held, rewrites: rewrites.sort(), scans: scans.sort() };
  }

  #locks(): string {
    return `SELECT relation::int AS oid, mode, pg_relation_filenode(relation)::int AS file, pg_stat_get_xact_numscans(relation)::int AS scans
      FROM pg_lock_status() WHERE locktype = 'relation' AND pid = pg_backend_pid() AND granted AND relation BETWEEN 16384 AND ${this.#newest}`;
  }
}

/**
 * Tables, views and materialized views that were made after the one of that number, and those with scans: between transactions the server may or may not have put
 * their counts away.
 */
function relationsSince(oid: number): string {
  return `SELECT oid::int AS oid, relnamespace::int AS schema, relname AS name, pg_relation_filenode(oid)::int AS file, pg_stat_get_xact_numscans(oid)::int AS scans
    FROM pg_class WHERE oid >= 16384 AND relkind IN ('r', 'p', 'v', 'm') AND (oid > ${oid} OR pg_stat_get_xact_numscans(oid) > 0)`;
}
