import { downBetween, writerOf } from '@planwright/sql';
import type { Engine } from '../engine.js';
import { replay } from './replay.js';
import { readState, type State } from './state.js';

const { quoteIdentifier } = writerOf('postgresql');

/** Brings a database back to a schema that it had, without any row. Returns whether it could. */
export async function emptied(engine: Engine, start: State, defaultSchema: string): Promise<boolean> {
  const now = await readState(engine, defaultSchema);
  const tables = now.snapshot.tables.map(({ schema, name }) => `${quoteIdentifier(schema ?? defaultSchema)}.${quoteIdentifier(name)}`);
  const back = downBetween({ before: start.definitions, after: now.definitions });
  // Empty first: the way back may ask of rows what they do not give.
  const statements = [...(tables.length > 0 ? [`TRUNCATE ${tables.join(', ')} CASCADE`] : []), ...back.statements];
  return (await replay(engine, back.transaction, statements)) === undefined;
}
