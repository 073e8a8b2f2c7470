import type { Issue } from './generated/types.js';
import type { Positions } from './positions.js';

/** Adds the file, line and column of an issue that has a pointer. */
export function placeIssue(issue: Issue, positions: Positions | undefined): Issue {
  if (positions === undefined || issue.pointer === undefined) return issue;
  const { code, message, ...more } = issue;
  return { code, message, ...(positions.file !== undefined && { file: positions.file }), ...positions.valueAt(issue.pointer), ...more };
}
