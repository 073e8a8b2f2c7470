import { databaseUrl } from './database-url.js';
import { InvalidInput } from './invalid-input.js';
import { printIssues } from './print-issues.js';
import { embeddedRehearser, type Rehearser } from './rehearsal-engine.js';
import { fromSchemaOf, serverRehearser } from './server-rehearser.js';
import type { Terminal } from './terminal.js';

/** What the command line says about rehearsals. */
export interface RehearsalFlags {
  /** `false` by `--no-rehearse`. */
  readonly rehearse?: boolean;
  readonly rows?: number;
  readonly seed?: number;
  /** A server, or the variable that names it. */
  readonly databaseUrl?: string;
  readonly trust?: boolean;
  readonly schemaFrom?: string;
  /** Seconds for one statement. */
  readonly timeLimit?: number;
  /** Megabytes of the embedded database's process. */
  readonly memoryLimit?: number;
}

/** The rehearsal that the command line asks for, told of on a terminal while it runs; none by `--no-rehearse`. Where no database starts, the plan stays at what is predicted. */
export function rehearserFor(terminal: Terminal, flags: RehearsalFlags, project: string): Rehearser | undefined {
  if (flags.rehearse === false) return undefined;
  const { identity, ...engine } = chosenRehearser(flags, (doing) => terminal.progress(`rehearsing ${project}: ${doing} …`));
  return {
    identity,
    rehearse: async (what) => {
      try {
        return await engine.rehearse(what);
      } catch (thrown) {
        // A server that was asked for and refuses is no reason to go on without it.
        if (thrown instanceof InvalidInput) throw thrown;
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

function chosenRehearser(flags: RehearsalFlags, onProgress: (doing: string) => void): Rehearser {
  const { rows, seed = 1, databaseUrl: server, trust, schemaFrom, timeLimit, memoryLimit } = flags;
  const limits = {
    ...(timeLimit !== undefined && { statement: timeLimit * 1000 }),
    ...(memoryLimit !== undefined && { memory: memoryLimit * 1024 ** 2 }),
  };
  const rehearser =
    server === undefined
      ? embeddedRehearser({ rows: rows ?? 1000, seed, limits, onProgress })
      : serverRehearser({ url: databaseUrl(server), rows: rows ?? 100_000, seed, limits, onProgress, ...(trust !== undefined && { trust }) });
  return schemaFrom === undefined ? rehearser : fromSchemaOf(databaseUrl(schemaFrom), rehearser);
}
