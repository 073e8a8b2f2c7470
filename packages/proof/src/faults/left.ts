import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** Databases and roles that no rehearsal should leave. */
export async function leftOnServer(url: string): Promise<readonly string[]> {
  const rows = await onServer<{ readonly name: string }>(
    url,
    `SELECT datname AS name FROM pg_database WHERE datname LIKE 'planwright%' UNION ALL SELECT rolname FROM pg_roles WHERE rolname LIKE 'planwright%'`,
  );
  return rows.map(({ name }) => name);
}

/** Asks in a session of its own. */
export async function onServer<Row>(url: string, sql: string): Promise<readonly Row[]> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

export interface Process {
  readonly pid: number;
  /** Its command line. */
  readonly command: string;
}

/** Processes that work in a folder or below, as Linux tells them. Those that have ended and that nobody has asked for count no more. */
export function processesIn(folder: string): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): readonly Process[] => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        const at = readlinkSync(`/proc/${name}/cwd`);
        return command !== '' && (at === folder || at.startsWith(`${folder}/`)) ? [{ pid: Number(name), command }] : [];
      } catch {
        return []; // it has ended meanwhile
      }
    });
}

/** Files below a folder, by their paths from it. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
