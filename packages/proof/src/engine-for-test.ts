import { createPglite, emptyDatabase, type PgliteEngine, type PgliteOptions } from '@planwright/rehearsal';

/** An engine for a test file, or the reason why there is none here: a machine with too little memory, say. */
export async function startEngine(options?: PgliteOptions): Promise<{ readonly engine: PgliteEngine } | { readonly reason: string }> {
  try {
    return { engine: await createPglite({ from: await emptyDatabase(), ...options }) };
  } catch (thrown) {
    return { reason: `PGlite does not start here: ${thrown instanceof Error ? thrown.message : String(thrown)}` };
  }
}
