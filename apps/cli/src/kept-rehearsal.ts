import { readFile } from 'node:fs/promises';
import type { Rehearsable } from '@planwright/plan';
import type { Evidence } from '@planwright/spec';
import { type Rehearser, rehearsalKey } from './rehearsal-engine.js';
import type { FileToWrite } from './write-files.js';

/** Name of the file that stands beside the documents. */
export const rehearsalFile = 'rehearsal.json';

interface Kept {
  readonly key: string;
  readonly evidence: Evidence;
}

/**
 * A rehearsal that is not run again while nothing has changed: times differ from run to run, and a plan that is made again is the same plan. What was recorded
 * stands in a file beside the documents and goes with them, so that others find the same.
 */
export class KeptRehearsal {
  #kept: Kept | undefined;
  #read = false;

  constructor(
    private readonly path: string,
    private readonly rehearser: Rehearser,
  ) {}

  rehearse = async (what: Rehearsable): Promise<Evidence | undefined> => {
    const key = rehearsalKey(what, this.rehearser.identity);
    if (!this.#read) this.#kept = await readKept(this.path);
    this.#read = true;
    if (this.#kept?.key !== key) {
      const evidence = await this.rehearser.rehearse(what);
      this.#kept = evidence && { key, evidence };
    }
    return this.#kept?.evidence;
  };

  /** The file as it has to be; none before anything was rehearsed. */
  files(): readonly FileToWrite[] {
    return this.#kept ? [{ path: this.path, text: `${JSON.stringify(this.#kept, null, 2)}\n` }] : [];
  }
}

async function readKept(path: string): Promise<Kept | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    const known = typeof value === 'object' && value !== null && 'key' in value && 'evidence' in value;
    // The cast: a file with the key of this very rehearsal was written by us.
    return known ? (value as Kept) : undefined;
  } catch {
    return undefined;
  }
}
