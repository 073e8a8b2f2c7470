import { downBetween } from '@planwright/sql';
import { readDefinitions } from '../../catalogue/definitions.js';
import type { Engine } from '../../engine.js';
import { askOnly } from './read-only.js';

/**
 * The structure of somebody's database as statements that make it in an empty one, extensions included. Its catalogue is read in one transaction that may write nothing; no row of a table is read.
 * Throws `ServerRefused`.
 */
export async function readSchemaStatements(url: string): Promise<readonly string[]> {
  return askOnly(url, async (database) => {
    const there = await readDefinitions(onlyAsked(database.query.bind(database)));
    // Every new database has these; secrets of foreign servers are nobody's structure.
    const own = there.definitions.filter(({ kind }) => kind !== 'user mapping');
    const given = own.filter(({ kind, name }) => (kind === 'schema' && name === 'public') || (kind === 'extension' && name === 'plpgsql'));
    return downBetween({ before: { ...there, definitions: own }, after: { ...there, definitions: given } }).statements;
  });
}

/** Readers of the catalogue ask an engine, and nothing but ask it. */
function onlyAsked(query: Engine['query']): Engine {
  const never = () => Promise.reject(new Error('This database is only read.'));
  return { name: 'PostgreSQL', version: '', query, run: never, transaction: never, close: never };
}
