import type { Snapshot, Table, View } from '@planwright/spec';
import { readConstraints } from './catalogue/constraints.js';
import { readIndexes } from './catalogue/indexes.js';
import { readObjects } from './catalogue/objects.js';
import { readRoutines } from './catalogue/routines.js';
import { queryIn, userSchema } from './catalogue/scope.js';
import { readSequences } from './catalogue/sequences.js';
import { readTables } from './catalogue/tables.js';
import { readPolicies, readTriggers } from './catalogue/triggers.js';
import { readCompositeTypes, readDomains, readEnums } from './catalogue/types.js';
import { readViews } from './catalogue/views.js';
import type { Engine } from './engine.js';

export interface CatalogueOptions {
  /** Schema whose objects are named without it; `public` if absent. */
  readonly defaultSchema?: string;
}

/**
 * Reads a PostgreSQL database's schema as PostgreSQL itself tells it: expressions are spelt as the server spells them, names of
 * constraints and indexes are those it chose. Lists are sorted by schema and name; empty ones are absent. System schemas and members of extensions are left out.
 */
export async function readSnapshot(engine: Engine, { defaultSchema = 'public' }: CatalogueOptions = {}): Promise<Snapshot> {
  return withSearchPath(engine, defaultSchema, async () => {
    const names = await readNames(engine, defaultSchema);
    const relations = await readTables(engine, defaultSchema);
    const views = await readViews(engine, defaultSchema);
    const constraints = await readConstraints(engine, defaultSchema);
    const indexes = await readIndexes(engine, defaultSchema);
    const triggers = await readTriggers(engine, defaultSchema);
    const policies = await readPolicies(engine);
    const tables = relations.map(
      ({ oid, table }): Table => ({
        ...table,
        ...filled({ constraints: constraints.get(oid), indexes: indexes.get(oid), triggers: triggers.get(oid), policies: policies.get(oid) }),
      }),
    );
    return {
      ...(defaultSchema === 'public' ? {} : { defaultSchema }),
      ...filled(names),
      tables,
      ...filled({
        views: views.map(({ oid, view }): View => ({ ...view, ...filled({ indexes: indexes.get(oid) }) })),
        sequences: await readSequences(engine, defaultSchema),
        enums: await readEnums(engine, defaultSchema),
        domains: await readDomains(engine, defaultSchema),
        compositeTypes: await readCompositeTypes(engine, defaultSchema),
        routines: await readRoutines(engine, defaultSchema),
        objects: await readObjects(engine, defaultSchema),
      }),
    };
  });
}

/** What PostgreSQL prints leaves out a schema that is on the search path, and nothing else tells it to. A migration may have set another path for its session. */
async function withSearchPath<Result>(engine: Engine, schema: string, read: () => Promise<Result>): Promise<Result> {
  const [before] = await engine.query<{ readonly path: string }>(`SELECT current_setting('search_path') AS path`);
  await engine.query(`SELECT set_config('search_path', quote_ident($1), false)`, [schema]);
  try {
    return await read();
  } finally {
    await engine.query(`SELECT set_config('search_path', $1, false)`, [before?.path ?? '']);
  }
}

async function readNames(engine: Engine, defaultSchema: string): Promise<Pick<Snapshot, 'schemas' | 'extensions'>> {
  const [names] = await queryIn<{ readonly schemas: string[]; readonly extensions: string[] }>(
    engine,
    `SELECT
      (SELECT coalesce(jsonb_agg(n.nspname ORDER BY n.nspname), '[]') FROM pg_namespace n WHERE n.nspname <> $1 AND ${userSchema}) AS schemas,
      (SELECT coalesce(jsonb_agg(extname ORDER BY extname), '[]') FROM pg_extension WHERE extname <> 'plpgsql') AS extensions`,
    defaultSchema,
  );
  return names ?? {};
}

/** Without the lists that are empty or absent. */
function filled<Lists extends Readonly<Record<string, readonly unknown[] | undefined>>>(lists: Lists): Partial<Lists> {
  // Fewer fields of the same types.
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== undefined && list.length > 0)) as Partial<Lists>;
}
