import type { Catalogue, Definition } from '@planwright/sql';
import type { Engine } from '../engine.js';
import { readEdges } from './definitions/edges.js';
import { readRoutineDefinitions } from './definitions/routines.js';
import { readServerDefinitions } from './definitions/servers.js';
import { readTableDefinitions } from './definitions/tables.js';
import { readTypeDefinitions } from './definitions/types.js';

/** Reads every object of a database with what it takes to make it again, and what needs what. All names are qualified, so that statements mean the same whatever the search path. */
export async function readDefinitions(engine: Engine): Promise<Catalogue> {
  const [session] = await engine.query<{ readonly path: string; readonly user: string }>(
    `SELECT current_setting('search_path') AS path, current_user::text AS "user"`,
  );
  const user = session?.user ?? '';
  await engine.query(`SELECT set_config('search_path', 'pg_catalog', false)`);
  try {
    const bare: readonly Definition[] = [
      ...(await readTypeDefinitions(engine, user)),
      ...(await readRoutineDefinitions(engine, user)),
      ...(await readTableDefinitions(engine, user)),
      ...(await readServerDefinitions(engine, user)),
    ];
    const edges = await readEdges(engine, new Set(bare.map(({ id }) => id)));
    return {
      user,
      definitions: bare.map((definition) => ({
        ...definition,
        needs: [...new Set([...definition.needs, ...(edges.get(definition.id) ?? [])])].filter((id) => id !== definition.id),
      })),
    };
  } finally {
    await engine.query(`SELECT set_config('search_path', $1, false)`, [session?.path ?? '']);
  }
}
