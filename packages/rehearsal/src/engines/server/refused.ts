import type { Issue } from '@planwright/spec';

/** A server on which nothing can be rehearsed, or not safely. Nothing was left on it. */
export class ServerRefused extends Error {
  override readonly name = 'ServerRefused';

  constructor(readonly issue: Issue) {
    super(issue.message);
  }
}
