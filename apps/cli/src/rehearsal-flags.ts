import { printIssues } from './print-issues.js';
import { embeddedRehearser, type Rehearser } from './rehearsal-engine.js';
import type { Terminal } from './terminal.js';

/** What the command line says about rehearsals. */
export interface RehearsalFlags {
  /** `false` by `--no-rehearse`. */
  readonly rehearse?: boolean;
  readonly rows?: number;
  readonly seed?: number;
}

/** The rehearsal that the command line asks for, told of on a terminal while it runs; none by `--no-rehearse`. Where no database starts, the plan stays at what is predicted. */
export function rehearserFor(terminal: Terminal, { rehearse = true, rows = 1000, seed = 1 }: RehearsalFlags, project: string): Rehearser | undefined {
  if (!rehearse) return undefined;
  const { identity, ...embedded } = embeddedRehearser({ rows, seed, onProgress: (doing) => terminal.progress(`rehearsing ${project}: ${doing} …`) });
  return {
    identity,
    rehearse: async (what) => {
      try {
        return await embedded.rehearse(what);
      } catch (thrown) {
        printIssues(terminal, [
          {
            code: 'no-rehearsal',
            severity: 'warning',
            message: `the plan was not rehearsed: ${thrown instanceof Error ? thrown.message.split('\n')[0] : String(thrown)}`,
            hint: 'What the plan says of the database is predicted. Give the machine some 500 MB of memory, or leave it so with --no-rehearse.',
          },
        ]);
        return undefined;
      }
    },
  };
}
