import type { Snapshot } from '@planwright/spec';
import { diff, writerOf } from '@planwright/sql';
import type { Engine } from '../engine.js';
import { lacks } from './expected-extensions.js';
import { spoken } from './run-migration.js';

const { writeOperation } = writerOf('postgresql');

/**
 * Makes the schema that a plan tells of, where no migrations do. It may tell of a part only, so what refers to the rest does not run; each such statement is one sentence of the answer.
 */
export async function makeBefore(engine: Engine, before: Snapshot, extensions: readonly string[] = []): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const operation of diff({ tables: [] }, before)) {
    const written = writeOperation(operation);
    if ('issue' in written) {
      notes.push(`The schema before the change was made without one part: ${written.issue.message}.`);
      continue;
    }
    for (const statement of written.statements) {
      if (engine.ended) return notes;
      const { error } = await engine.run(statement);
      if (!error) continue;
      lacks(error, extensions, 'history');
      notes.push(`The schema before the change was made without one part, ${spoken(error)}: \`${statement.replace(/\s+/g, ' ')}\`.`);
    }
  }
  return notes;
}
