import type { Reversibility, TransactionMode } from '@planwright/spec';
import { type CatalogueDown, downBetween, reversibilityOf, type UpMigration } from '@planwright/sql';
import { readDefinitions } from './catalogue/definitions.js';
import { type Fingerprint, type FingerprintDifference, fingerprintDifference, readFingerprint } from './catalogue/fingerprint.js';
import type { Engine } from './engine.js';
import { makeRoles, rolesIn } from './walk/roles.js';

/** A migration of a history, as it runs. */
export interface DownMigration {
  readonly id: string;
  readonly transaction: TransactionMode;
  /** Its statements in order, one text each. */
  readonly statements: readonly string[];
  /** The way back that its authors wrote, statement by statement. */
  readonly down?: readonly string[];
  /** What its statements mean for rows. */
  readonly up?: UpMigration;
}

/** What became of a way back that was tried. */
export interface TriedDown {
  readonly statements: readonly string[];
  /** Why it does not run. */
  readonly error?: { readonly code: string; readonly message: string; readonly statement: string };
  /** How the catalogue then differs from the one before the migration; nothing of it where all is as it was. */
  readonly difference?: FingerprintDifference;
}

/** A migration's way back, written from the catalogues before and after it and tried. */
export interface RehearsedDown extends TriedDown {
  readonly id: string;
  readonly transaction: CatalogueDown['transaction'];
  readonly reversibility?: Reversibility;
  /** What became of the authors' own. */
  readonly own?: TriedDown;
}

/** A migration that the database refused; nothing after it was run. */
export interface RefusedMigration {
  readonly id: string;
  readonly statement: string;
  readonly code: string;
  readonly message: string;
}

export interface RehearsedDowns {
  readonly downs: readonly RehearsedDown[];
  readonly refused?: RefusedMigration;
}

export interface DownsInput {
  /** The history from its first migration on. */
  readonly migrations: readonly DownMigration[];
  /** Statements that make what the history expects to find. */
  readonly before?: readonly string[];
  /** Major version of the PostgreSQL that the ways back are for; the engine's own if absent. */
  readonly version?: number;
  /** Whose ways back are wanted; all of them if absent. */
  readonly chosen?: (id: string) => boolean;
  /** Sees each way back as it has been tried. */
  readonly onTried?: (down: RehearsedDown, place: number) => void;
}

/**
 * Runs a history on an empty database and, after each chosen migration, writes the way back from the two catalogues and tries it there, in a transaction that is rolled back. The way
 * back that the authors wrote is tried as well.
 */
export async function rehearseDowns(
  engine: Engine,
  { migrations, before: prelude = [], version, chosen = () => true, onTried }: DownsInput,
): Promise<RehearsedDowns> {
  const downs: RehearsedDown[] = [];
  const refusedBefore = await runUp(engine, { id: 'before', transaction: 'none', statements: prelude });
  if (refusedBefore) return { downs, refused: refusedBefore };
  await makeRoles(engine, rolesIn(migrations.flatMap(({ statements }) => statements)));
  const last = migrations.findLastIndex(({ id }) => chosen(id));
  let state: State | undefined;
  for (const [place, migration] of migrations.slice(0, last + 1).entries()) {
    const wanted = chosen(migration.id);
    if (wanted) state ??= await readState(engine);
    const refused = await runUp(engine, migration);
    if (refused) return { downs, refused };
    if (!wanted || state === undefined) {
      state = undefined;
      continue;
    }
    const after = await readState(engine);
    const tried = await tryOurs(engine, migration, { before: state, after, version });
    const own = migration.down === undefined ? undefined : await tryDown(engine, state.fingerprint, migration.down);
    const rehearsed: RehearsedDown = {
      id: migration.id,
      ...tried,
      ...(migration.up ? { reversibility: lossesOf(migration.up) } : {}),
      ...(own ? { own } : {}),
    };
    downs.push(rehearsed);
    onTried?.(rehearsed, place);
    state = after;
  }
  return { downs };
}

interface State {
  readonly definitions: Awaited<ReturnType<typeof readDefinitions>>;
  readonly fingerprint: Fingerprint;
}

async function readState(engine: Engine): Promise<State> {
  return { definitions: await readDefinitions(engine), fingerprint: await readFingerprint(engine) };
}

async function tryOurs(
  engine: Engine,
  migration: DownMigration,
  { before, after, version }: { readonly before: State; readonly after: State; readonly version: number | undefined },
): Promise<TriedDown & Pick<RehearsedDown, 'transaction'>> {
  const { statements, transaction } = downBetween({ before: before.definitions, after: after.definitions, version });
  const tried = await tryDown(engine, before.fingerprint, statements);
  // What came without blocking writes goes so.
  const alone = migration.transaction === 'none' && migration.statements.some((statement) => /\bINDEX\s+CONCURRENTLY\b/i.test(statement));
  if (!alone || statements.length === 0 || !statements.every((statement) => /^(DROP INDEX|CREATE (UNIQUE )?INDEX) /.test(statement)))
    return { ...tried, transaction };
  return {
    ...tried,
    statements: statements.map((statement) => statement.replace(/^(DROP INDEX|CREATE (?:UNIQUE )?INDEX) /, '$1 CONCURRENTLY ')),
    transaction: 'none',
  };
}

async function tryDown(engine: Engine, wanted: Fingerprint, statements: readonly string[]): Promise<TriedDown> {
  await engine.query('BEGIN');
  try {
    for (const statement of statements) {
      // A transaction is around them that is rolled back, and nobody waits in it.
      if (/^\s*(begin|commit|start\s+transaction|end)(\s+(transaction|work))?\s*$/i.test(statement)) continue;
      const { error } = await engine.run(statement.replace(/\b(INDEX)\s+CONCURRENTLY\b/i, '$1'));
      if (error) return { statements, error: { code: error.code, message: error.message, statement } };
    }
    return { statements, difference: fingerprintDifference(wanted, await readFingerprint(engine)) };
  } finally {
    await engine.query('ROLLBACK');
    await engine.query('DISCARD ALL');
  }
}

async function runUp(engine: Engine, { id, transaction, statements }: DownMigration): Promise<RefusedMigration | undefined> {
  const inOne = transaction !== 'none';
  if (inOne) await engine.query('BEGIN');
  try {
    for (const statement of statements) {
      const { error } = await engine.run(statement);
      if (error) {
        await engine.query('ROLLBACK');
        return { id, statement, code: error.code, message: error.message };
      }
    }
    if (inOne) await engine.query('COMMIT');
    return undefined;
  } finally {
    // What a migration SETs lasts for its session; the next one begins a new one.
    await engine.query('DISCARD ALL');
  }
}

/** What the way back can't bring of the rows. The catalogues hold all that the schema needs, so that nothing else is missed. */
function lossesOf(up: UpMigration): Reversibility {
  return reversibilityOf({ ...up, statements: up.statements.map((statement) => ({ ...statement, down: '' })) });
}
