import type { Issue } from '@planwright/spec';

/** Thrown by the edge when a command cannot go on because of what it was given; the command line prints the issues and exits with 2. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';

  /**
   * @param issues what is wrong
   * @param sources texts by file name, so that an issue can show its line
   */
  constructor(
    readonly issues: readonly Issue[],
    readonly sources: ReadonlyMap<string, string> = new Map(),
  ) {
    super(issues.map((issue) => issue.message).join('; '));
  }
}

export function invalid(code: string, message: string, more: Partial<Issue> = {}): InvalidInput {
  return new InvalidInput([{ code, message, ...more }]);
}
