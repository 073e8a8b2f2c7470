import type { Evidence } from '@planwright/spec';
import type { Engine, OpenEngine, SavedDatabase } from './engine.js';
import type { RehearsalInput } from './rehearsal-input.js';
import { withExpected } from './walk/expected-extensions.js';
import { Preparation } from './walk/preparation.js';
import { Recorded } from './walk/recorded.js';
import { type Rehearsal, rehearsalOf } from './walk/rehearsal.js';
import { spoken } from './walk/run-migration.js';
import { Scratch } from './walk/scratch.js';
import { walkChange } from './walk/walk-change.js';
import { type Ends, walkSequence } from './walk/walk-sequence.js';

/**
 * Runs a plan on a scratch database and records what happened: the sequence up, down and up again, and the change as its author wrote it, both from the same
 * start. Everything is closed at the end. Throws where no engine can be started; what goes wrong in a migration is evidence.
 */
export async function rehearse(input: RehearsalInput, open: OpenEngine): Promise<Evidence> {
  return withExpected((expected) => walkBoth(rehearsalOf(input, expected), open));
}

async function walkBoth(rehearsal: Rehearsal, open: OpenEngine): Promise<Evidence> {
  const record = new Recorded();
  const preparation = new Preparation(rehearsal, record);
  let version = { name: '', version: '' };
  let start: SavedDatabase | undefined;
  let ends: Ends = {};
  await onEngine(undefined, async (first) => {
    version = { name: first.name, version: first.version };
    if (!rehearsal.asWritten) start = await first.save?.();
    ends = await walkSequence(new Scratch(first, rehearsal, record, preparation.missingRoles));
  });
  if (!rehearsal.asWritten) await onEngine(start, (second) => walkChange(new Scratch(second, rehearsal, record, preparation.missingRoles), ends));
  return record.evidence(version, rehearsal);

  /** Works on an engine that holds the schema before the change, with rows. What ends the engine ends the work, and is noted. */
  async function onEngine(from: SavedDatabase | undefined, work: (engine: Engine) => Promise<void>): Promise<void> {
    rehearsal.tell('starting a scratch database');
    const kept = await preparation.keptName();
    const engine = await open({ extensions: rehearsal.extensions, ...(from ? { from } : kept !== undefined && { kept }) });
    try {
      if (!from) await preparation.prepare(engine, kept);
      if (!engine.ended) await work(engine);
    } catch (thrown) {
      if (!engine.ended) throw thrown;
    } finally {
      if (engine.ended) record.note(`The rehearsal stopped there: ${spoken(engine.ended)}.`);
      await engine.close();
    }
  }
}
