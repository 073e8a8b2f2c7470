import type { Issue } from '@planwright/spec';
import { parseText } from '@planwright/spec/validate';

/** A file with front matter. */
export interface FrontMatter {
  readonly data: Readonly<Record<string, unknown>>;
  readonly body: string;
  /** Lines before the body, so that places in it can be counted from the top of the file. */
  readonly offset: number;
  readonly issues: readonly Issue[];
}

/**
 * Parts a file into YAML front matter and body. Only YAML after a bare `---` (or `---yaml`) is taken: nothing in it is ever run, so a
 * line such as `---js` is an issue and not a program.
 */
export function frontMatter(text: string, file: string): FrontMatter {
  const source = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const none = (issues: readonly Issue[]): FrontMatter => ({ data: {}, body: source, offset: 0, issues });
  const open = /^---[ \t]*([^\n]*)\n/.exec(source);
  if (open === null) return none([]);
  if (!['', 'yaml', 'yml'].includes((open[1] ?? '').trim())) {
    return none([
      {
        code: 'front-matter-language',
        message: `front matter in '${(open[1] ?? '').trim()}': only YAML is read`,
        file,
        line: 1,
        hint: 'Begin it with `---` alone.',
      },
    ]);
  }
  const close = /^---[ \t]*$/m.exec(source.slice(open[0].length));
  if (close === null) return none([{ code: 'front-matter-open', message: 'the front matter has no end', file, line: 1, hint: 'End it with a line `---`.' }]);
  const yaml = source.slice(open[0].length, open[0].length + close.index);
  const bodyStart = open[0].length + close.index + close[0].length + 1;
  const { value, issues } = parseText(yaml, file.replace(/\.eta$/, '.yaml'));
  const offset = source.slice(0, bodyStart).split('\n').length - 1;
  const data = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
  return {
    data,
    body: source.slice(bodyStart),
    offset,
    issues: issues.map((issue) => ({ ...issue, file, ...(issue.line !== undefined && { line: issue.line + 1 }) })),
  };
}
