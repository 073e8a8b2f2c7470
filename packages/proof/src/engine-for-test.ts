import { createPglite, emptyDatabase, type PgliteEngine, type PgliteOptions } from '@planwright/rehearsal';
import { afterAll, beforeAll } from 'vitest';

/** An engine for a test file, or the reason why there is none here: a machine with too little memory, say. */
export async function startEngine(options?: PgliteOptions): Promise<{ readonly engine: PgliteEngine } | { readonly reason: string }> {
  try {
    return { engine: await createPglite({ from: await emptyDatabase(), ...options }) };
  } catch (thrown) {
    return { reason: `PGlite does not start here: ${thrown instanceof Error ? thrown.message : String(thrown)}` };
  }
}

/** An engine that all tests of a file share: it is there once they run, and goes with the last. */
export function engineForAll(options?: PgliteOptions): () => PgliteEngine {
  let engine: PgliteEngine;
  beforeAll(async () => {
    engine = await createPglite({ from: await emptyDatabase(), ...options });
  }, 60_000);
  afterAll(async () => {
    await engine.close();
  });
  return () => engine;
}
