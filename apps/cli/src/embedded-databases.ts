import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { OpenEngine, PgliteLimits } from '@planwright/rehearsal';

/** Opens embedded databases, each in a process of its own, from what earlier runs have kept. Nothing of it is loaded before it is asked for. */
export async function embeddedDatabases(limits: PgliteLimits = {}): Promise<OpenEngine> {
  const { pgliteProcesses } = await import('@planwright/rehearsal');
  const cache = cacheFolder();
  return pgliteProcesses({ limits, ...(cache !== undefined && { cache }) });
}

/** Where databases are kept between rehearsals: a cache, which anybody may empty. Without a home there is none. */
function cacheFolder(): string | undefined {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const home = homedir();
  const base = process.platform === 'win32' ? LOCALAPPDATA : join(home, process.platform === 'darwin' ? 'Library/Caches' : '.cache');
  const folder = XDG_CACHE_HOME ?? (existsSync(home) ? base : undefined);
  return folder === undefined ? undefined : join(folder, 'planwright', 'databases');
}
