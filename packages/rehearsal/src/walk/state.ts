import type { Snapshot } from '@planwright/spec';
import type { Catalogue } from '@planwright/sql';
import { readDefinitions } from '../catalogue/definitions.js';
import { type Fingerprint, fingerprintDifference, readFingerprint } from '../catalogue/fingerprint.js';
import { readSnapshot } from '../catalogue.js';
import { compareSchemas, type SchemaComparison, type Sides } from '../compare-schemas.js';
import type { Engine } from '../engine.js';

/** A database's schema at one moment, told three ways: as the model has it, as lines that overlook nothing, and by what it takes to make it again. */
export interface State {
  readonly snapshot: Snapshot;
  readonly fingerprint: Fingerprint;
  readonly definitions: Catalogue;
}

/** Reads the state. Where nothing differs from a state that is known, only the lines are read: they are the quickest, and tell all that counts. */
export async function readState(engine: Engine, defaultSchema: string, known?: State): Promise<State> {
  const fingerprint = await readFingerprint(engine);
  if (known) {
    const { missing, extra } = fingerprintDifference(known.fingerprint, fingerprint);
    if (missing.length + extra.length === 0) return known;
  }
  return { snapshot: await readSnapshot(engine, { defaultSchema }), fingerprint, definitions: await readDefinitions(engine) };
}

/** What the model does not hold, so that sentences about it are the lines themselves. */
const beyondModel =
  /^(relation \S+ privileges|sequence \S+ privileges|comment on|schema|default privileges|publication|rule|statistics|text search|cast|collation|conversion|operator|in operator|aggregate|event trigger|language|label of|transform|access method|foreign|server|user mapping)\b/;

/** Whether a way back restored the schema: everything counts but the order of columns and the names of NOT NULL constraints. */
export function restored(before: State, after: State, sides: Sides): SchemaComparison {
  const { missing, extra, exactButForOrderAndNames } = fingerprintDifference(before.fingerprint, after.fingerprint);
  if (missing.length + extra.length === 0) return { equal: true, strict: true, differences: [] };
  const sentences = [...compareSchemas(before.snapshot, after.snapshot, sides).differences, ...lines(missing, extra, sides, (line) => beyondModel.test(line))];
  return { equal: exactButForOrderAndNames, strict: false, differences: sentences.length > 0 ? sentences : lines(missing, extra, sides, () => true) };
}

/** Whether two ways end in the same schema: names that the database chose do not count. */
export function sameEnd(one: State, other: State, sides: Sides): SchemaComparison {
  const { missing, extra } = fingerprintDifference(one.fingerprint, other.fingerprint);
  if (missing.length + extra.length === 0) return { equal: true, strict: true, differences: [] };
  const told = compareSchemas(one.snapshot, other.snapshot, sides);
  const more = lines(missing, extra, sides, (line) => beyondModel.test(line));
  return { equal: told.equal && more.length === 0, strict: false, differences: [...told.differences, ...more] };
}

function lines(missing: readonly string[], extra: readonly string[], { expected, found }: Sides, wanted: (line: string) => boolean): readonly string[] {
  const told = (list: readonly string[], there: string) =>
    list.filter(wanted).map((line) => `Only ${there}: ${line.length > 240 ? `${line.slice(0, 239)}…` : line}.`);
  return [...told(missing, expected), ...told(extra, found)];
}
