import { renameSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/** The PGlite that can read what is kept: another one may store it otherwise. */
export const build = '0.5.16';

/** As many are kept; each is about 3 MB. */
const most = 12;

/** A database has 16 MB and more: in the pieces of 16 kB that zlib makes by itself it takes five times as long. */
const chunkSize = 1024 ** 2;

/** Databases kept in a folder, so that the next rehearsal need not make them again. A folder that cannot be read or written is as an empty one. */
export class KeptDatabases {
  constructor(private readonly folder: string) {}

  async find(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const file = this.#file(name);
    try {
      const bytes = await promisify(gunzip)(await readFile(file), { chunkSize });
      await utimes(file, new Date(), new Date()).catch(() => {});
      return new Uint8Array(bytes);
    } catch {
      return undefined;
    }
  }

  /** Written whole or not at all: under another name first. */
  async keep(name: string, database: Uint8Array): Promise<void> {
    const part = `${this.#file(name)}.${process.pid}.part`;
    try {
      await mkdir(this.folder, { recursive: true });
      // Most of it is zeros: the least effort takes a tenth of the time and gives a few per cent more bytes.
      const packed = await promisify(gzip)(database, { level: 1, chunkSize });
      // In one go: what ends this process because nobody waits for it any more comes before or after.
      writeFileSync(part, packed, { mode: 0o600 });
      renameSync(part, this.#file(name));
      await this.#prune();
    } catch {
      await rm(part, { force: true }).catch(() => {});
    }
  }

  #file(name: string): string {
    return join(this.folder, `pglite-${build}-${name}.tar.gz`);
  }

  /** Drops what was not used for longest. */
  async #prune(): Promise<void> {
    const files = await Promise.all((await readdir(this.folder)).map(async (name) => ({ name, used: (await stat(join(this.folder, name))).mtimeMs })));
    const old = files
      .filter(({ name }) => name.endsWith('.tar.gz'))
      .sort((one, other) => other.used - one.used)
      .slice(most);
    await Promise.all(old.map(({ name }) => rm(join(this.folder, name), { force: true })));
  }

  /** Drops what processes that were killed have left half written. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.folder).catch(() => [])) {
      const pid = /\.(\d+)\.part$/.exec(name)?.[1];
      if (pid !== undefined && !lives(Number(pid))) await rm(join(this.folder, name), { force: true }).catch(() => {});
    }
  }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    // EPERM: it lives, and is somebody else's.
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
