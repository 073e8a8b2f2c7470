/** What somebody's SQL may take of a server. */
export interface ServerLimits {
  /** Longest run of one statement, milliseconds; default 60,000. */
  readonly statement?: number;
  /** Longest life of the scratch database, milliseconds; default 30 minutes. */
  readonly whole?: number;
  /** Bytes of the scratch database and, where the server lets us say so, of temporary files; default 20 GiB. */
  readonly disk?: number;
}

export const defaultLimits: Required<ServerLimits> = { statement: 60_000, whole: 30 * 60_000, disk: 20 * 1024 ** 3 };
