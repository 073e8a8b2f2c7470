import { downBetween, writerOf } from '@planwright/sql';
import type { Engine } from '../engine.js';
import { replay } from './replay.js';
import { readState, type State } from './state.js';

const { quoteIdentifier } = writerOf('postgresql');

/** Takes every row from a database, and brings it back to a schema that it had, where one is given. Returns whether it could. */
export async function emptied(engine: Engine, defaultSchema: string, start?: State): Promise<boolean> {
  const now = await readState(engine, defaultSchema);
  const tables = now.snapshot.tables.map(({ schema, name }) => `${quoteIdentifier(schema ?? defaultSchema)}.${quoteIdentifier(name)}`);
  const back = start ? downBetween({ before: start.definitions, after: now.definitions }) : { transaction: 'transactional' as const, statements: [] };
  // Empty first: the way back may ask of rows what they do not give.
  const statements = [...(tables.length > 0 ? [`TRUNCATE ${tables.join(', ')} CASCADE`] : []), ...back.statements];
  return (await replay(engine, back.transaction, statements)) === undefined;
}
