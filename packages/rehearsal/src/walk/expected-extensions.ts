import type { Engine, StatementError } from '../engine.js';
import { spoken } from './run-migration.js';

/** What tells an extension by its absence: a type, a function or an operator class that only it brings. */
const tells: readonly (readonly [message: RegExp, extension: string])[] = [
  [/"?(gin|gist)_trgm_ops"?/, 'pg_trgm'],
  [/type "hstore"/, 'hstore'],
  [/type "citext"/, 'citext'],
  [/type "ltree"/, 'ltree'],
  [/type "(vector|halfvec|sparsevec)"/, 'vector'],
  [/type "(geometry|geography)"/, 'postgis'],
  [/function uuid_generate_v\d/, 'uuid-ossp'],
  [/function (gen_salt|crypt|digest|hmac|gen_random_bytes)\(/, 'pgcrypto'],
  [/function unaccent\(/, 'unaccent'],
  [/data type \w+ has no default operator class for access method "gist"/, 'btree_gist'],
  [/data type \w+ has no default operator class for access method "gin"/, 'btree_gin'],
];

/** The extension that a refused statement expects somebody to have installed, where the error tells. */
export function missingExtension({ code, message }: Pick<StatementError, 'code' | 'message'>): string | undefined {
  // undefined_object and undefined_function; what a migration raises itself may use the same words.
  return code === '42704' || code === '42883' ? tells.find(([told]) => told.test(message))?.[1] : undefined;
}

/** Who uses something of an extension. */
export type User = 'history' | 'change';

/** Thrown where a migration uses what only an extension brings, and nobody creates that: an engine has to have its files from the start. */
export class ExpectsExtension extends Error {
  constructor(
    readonly extension: string,
    readonly by: User,
  ) {
    super(`The ${by} uses the extension ${extension} and does not create it.`);
  }
}

/** Extensions that are created for the rehearsal, and who uses each. */
export type Expected = ReadonlyMap<string, User>;

/** Does the work, and does it again with each extension that it turns out to expect. */
export async function withExpected<Result>(work: (expected: Expected) => Promise<Result>): Promise<Result> {
  const expected = new Map<string, User>();
  for (;;) {
    try {
      return await work(expected);
    } catch (thrown) {
      if (!(thrown instanceof ExpectsExtension) || expected.has(thrown.extension)) throw thrown;
      expected.set(thrown.extension, thrown.by);
    }
  }
}

/** Throws where a statement was refused for lack of an extension that is not among the known ones; gives the extension where it is, and yet is not there. */
export function lacks(error: Pick<StatementError, 'code' | 'message'>, known: readonly string[], by: User): string | undefined {
  const extension = missingExtension(error);
  if (extension !== undefined && !known.includes(extension)) throw new ExpectsExtension(extension, by);
  return extension;
}

/** Creates them where the engine has them, before anything else. Returns a sentence on each, and those that are not there. */
export async function createExpected(
  engine: Engine,
  expected: Expected,
  unavailable: readonly string[],
): Promise<{ readonly notes: readonly string[]; readonly lacking: readonly string[] }> {
  const notes: string[] = [];
  const lacking: string[] = [];
  for (const [name, by] of expected) {
    const uses = `The ${by} uses \`${name}\` and does not create it`;
    const error = unavailable.includes(name) || engine.kept ? undefined : (await engine.run(`CREATE EXTENSION IF NOT EXISTS "${name}"`)).error;
    if (!error && !unavailable.includes(name)) {
      notes.push(`${uses}: it was created for the rehearsal.`);
      continue;
    }
    lacking.push(name);
    const why = error ? `it could not be created (${spoken(error)})` : `${engine.name} ${engine.version} does not have it`;
    notes.push(`${uses}, and ${why}: what needs it was not rehearsed.`);
  }
  return { notes, lacking };
}
