/** What the process says to its caller. */
export const exitCode = {
  done: 0,
  /** Findings: `--check` found a difference, a rehearsal failed, a hazard is not accepted. */
  findings: 1,
  /** Wrong usage or invalid input. */
  invalid: 2,
  /** Our bug. */
  bug: 70,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
