import { embeddedRehearser, type Rehearser } from './rehearsal-engine.js';
import type { Terminal } from './terminal.js';

/** What the command line says about rehearsals. */
export interface RehearsalFlags {
  /** `false` by `--no-rehearse`. */
  readonly rehearse?: boolean;
  readonly rows?: number;
  readonly seed?: number;
}

/** The rehearsal that the command line asks for, told of on a terminal while it runs; none by `--no-rehearse`. */
export function rehearserFor(terminal: Terminal, { rehearse = true, rows = 1000, seed = 1 }: RehearsalFlags, project: string): Rehearser | undefined {
  if (!rehearse) return undefined;
  return embeddedRehearser({ rows, seed, onProgress: (doing) => terminal.progress(`rehearsing ${project}: ${doing} …`) });
}
