import type { MigrationEvidence, StatementEvidence, TransactionMode } from '@planwright/spec';
import type { Engine, StatementError } from '../engine.js';
import type { Seen, Session } from '../observe/session.js';
import { runsOutside, transactionControl, transactionModes, wantsToRunByItself } from './statement-mode.js';

/** A migration as it is run: up, or the way back. */
export interface RunMigration {
  readonly id: string;
  readonly transaction: TransactionMode;
  readonly statements: readonly RunStatement[];
}

export interface RunStatement {
  /** Statement of the change that it is or stands for. */
  readonly id?: string;
  readonly sql: string;
  /** Why it must not run. */
  readonly refused?: string;
}

/** What one statement of a migration was seen to do. */
export interface SeenInMigration extends Seen {
  /** Names that belong to relations from before the migration: one that was renamed away may be another's by now. */
  readonly there: ReadonlySet<string>;
}

/** What a migration did. */
export interface RanMigration {
  readonly evidence: MigrationEvidence;
  /** What each statement of the evidence was seen to do. */
  readonly seen: readonly SeenInMigration[];
  /** Where it stopped. */
  readonly error?: StatementError;
}

/** Runs one migration as its framework would, in one transaction or statement by statement, and records each statement. It stops at the first that is refused. */
export async function runMigration(
  engine: Engine,
  session: Session,
  migration: RunMigration,
  about: Pick<MigrationEvidence, 'subject' | 'direction'>,
): Promise<RanMigration> {
  const statements: StatementEvidence[] = [];
  const seen: SeenInMigration[] = [];
  const block = new Block(engine, session);
  let first: ReadonlySet<string> | undefined;
  let there: ReadonlySet<string> = new Set();
  let error: StatementError | undefined;
  if (migration.transaction === 'transactional') {
    const [first = '', second = ''] = migration.statements.map(({ sql }) => sql);
    await block.begin(transactionModes(first), transactionControl(first) === 'begins' ? transactionModes(second) : undefined);
  }
  for (const [place, { id, sql, refused }] of migration.statements.entries()) {
    if (migration.transaction === 'transactional') there = session.names;
    const one = refused === undefined ? await block.run(sql, migration.statements[place + 1]?.sql) : { ran: {} };
    const evidence = statementEvidence({ ...(id && { id }), sql }, one);
    statements.push(refused === undefined ? evidence : { ...evidence, error: `not run: ${refused}` });
    if (migration.transaction !== 'transactional') {
      // The first statement's own transaction tells; it is the same but for what that statement made.
      first ??= session.names;
      there = both(first, session.names);
    }
    seen.push({ ...one, there });
    error = one.ran.error;
    if (error) break;
  }
  // A deferred constraint speaks at COMMIT.
  const atEnd = await block.end(error === undefined);
  if (atEnd) {
    error = atEnd;
    statements.push({ sql: 'COMMIT', error: spoken(atEnd) });
    seen.push({ ran: { error }, there });
  }
  // What a migration SETs and its temporary tables last for its session; the next one begins a new session.
  if (!engine.ended) await engine.run('DISCARD ALL');
  const milliseconds = statements.reduce((sum, one) => sum + (one.milliseconds ?? 0), 0);
  return {
    evidence: { ...about, migration: migration.id, statements, milliseconds: rounded(milliseconds) },
    seen,
    ...(error && { error }),
  };
}

/** The transaction block of a migration: ours, or one that it begins itself. While none is open, each statement has one of its own. */
class Block {
  #open = false;
  #modes: readonly string[] = [];

  constructor(
    private readonly engine: Engine,
    private readonly session: Session,
  ) {}

  /** With the modes of what begins it, or of the SET TRANSACTION that comes first in it. */
  async begin(...modes: readonly (string | undefined)[]): Promise<void> {
    this.#modes = modes.filter((one) => one !== undefined);
    await this.session.begin(this.#modes.join(', '));
    this.#open = true;
  }

  async run(sql: string, next = ''): Promise<Seen> {
    const modes = transactionModes(sql);
    const control = transactionControl(sql);
    if (control === 'begins') {
      if (!this.#open) await this.begin(modes, transactionControl(next) === undefined ? transactionModes(next) : undefined);
      return { ran: {} };
    }
    // It began so.
    if (modes !== undefined && this.#open && this.#modes.includes(modes)) return { ran: {} };
    if (control === 'ends') {
      this.#open = false;
      return this.session.runUnseen(sql);
    }
    return this.#open ? this.session.run(sql) : runAlone(this.engine, this.session, sql);
  }

  /** Commits or rolls back what is open, and returns why it could not be committed. */
  async end(commit: boolean): Promise<StatementError | undefined> {
    if (!this.#open || this.engine.ended) return undefined;
    const { error } = await this.engine.run(commit ? 'COMMIT' : 'ROLLBACK');
    if (error || !commit) this.session.forget();
    return error;
  }
}

/** A statement with a transaction of its own, so that it can be seen; without one where it wants none. */
async function runAlone(engine: Engine, session: Session, sql: string): Promise<Seen> {
  if (runsOutside(sql)) return session.runUnseen(sql);
  await session.begin();
  const seen = await session.run(sql);
  if (engine.ended) return seen;
  if (!seen.ran.error) {
    const { error } = await engine.run('COMMIT');
    return error ? { ran: { ...seen.ran, error } } : seen;
  }
  await engine.run('ROLLBACK');
  session.forget();
  return wantsToRunByItself.has(seen.ran.error.code) ? session.runUnseen(sql) : seen;
}

function both(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return one === other ? one : new Set([...one].filter((name) => other.has(name)));
}

function statementEvidence(statement: Pick<StatementEvidence, 'id' | 'sql'>, { ran, work }: Seen): StatementEvidence {
  return {
    ...statement,
    ...(work && { locks: work.locks.map((lock) => ({ ...lock, held: heldFor(work) })) }),
    ...(work && work.rewrites.length > 0 && { rewrites: [...work.rewrites] }),
    ...(work && work.scans.length > 0 && { scans: [...work.scans] }),
    ...(ran.rows !== undefined && { rows: ran.rows }),
    ...(ran.milliseconds !== undefined && { milliseconds: rounded(ran.milliseconds) }),
    ...(ran.error && { error: spoken(ran.error) }),
  };
}

/** A lock is held as long as the statement works at least. */
function heldFor({ rewrites, scans }: { readonly rewrites: readonly string[]; readonly scans: readonly string[] }): 'brief' | 'scan' | 'rewrite' {
  return rewrites.length > 0 ? 'rewrite' : scans.length > 0 ? 'scan' : 'brief';
}

export function spoken({ code, message }: StatementError): string {
  return `${code}: ${message}`;
}

/** To a hundredth of a millisecond: more is noise. */
export function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
