import type { Issue } from '@planwright/spec';
import type { SplitScript } from './split-script.js';

/** What to say of a comment that is never closed: whatever stands in it was not read. */
export function unclosedCommentIssues({ unclosed }: SplitScript, file: string | undefined): readonly Issue[] {
  if (!unclosed) return [];
  const { line, column } = unclosed;
  return [
    {
      ...(file === undefined ? {} : { file }),
      code: 'sql-unclosed-comment',
      message: 'A /* comment is opened here and never closed; everything after it was read as part of it.',
      line,
      column,
      hint: 'Close it with */.',
    },
  ];
}
