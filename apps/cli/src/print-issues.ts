import { findSecrets, type Issue } from '@planwright/spec';
import type { Terminal } from './terminal.js';

// Of longer lines only what stands around the place is shown.
const widest = 160;

/** Prints issues in one grammar: place, what was found and expected, the line with a caret, what to do. Secrets in the line are not shown. */
export function printIssues(terminal: Terminal, issues: readonly Issue[], sources: ReadonlyMap<string, string> = new Map()): void {
  const masked = new Map<string, readonly string[]>();
  const linesOf = (file: string, text: string) => {
    const lines = masked.get(file) ?? withoutSecrets(text).split(/\r\n|\r|\n/);
    masked.set(file, lines);
    return lines;
  };
  for (const issue of issues) {
    const text = issue.file === undefined ? undefined : sources.get(issue.file);
    const lines = text === undefined || issue.line === undefined || issue.file === undefined ? undefined : linesOf(issue.file, text);
    terminal.err(formatIssue(terminal, issue, lines?.[(issue.line ?? 0) - 1], text?.split(/\r\n|\r|\n/, issue.line)[(issue.line ?? 0) - 1]));
  }
}

function formatIssue({ colors }: Terminal, issue: Issue, shown: string | undefined, original: string | undefined): string {
  const place = issue.file && `${issue.file}${issue.line ? `:${issue.line}${issue.column ? `:${issue.column}` : ''}` : ''}`;
  const kind = issue.severity === 'warning' ? colors.yellow('warning') : colors.red('error');
  const lines = [`${kind} ${place ? `${colors.bold(place)}: ` : ''}${issue.message} ${colors.dim(`(${issue.code})`)}`];
  if (shown !== undefined) lines.push(...excerpt(colors, shown, original ?? shown, issue));
  if (issue.hint) lines.push(`  ${colors.dim('→')} ${issue.hint}`);
  return `${lines.join('\n')}\n`;
}

export function excerpt(colors: Terminal['colors'], shown: string, original: string, { line = 0, column }: Pick<Issue, 'line' | 'column'>): string[] {
  const gutter = `${String(line).padStart(6)} | `;
  const at = (column ?? 1) - 1;
  const from = at > widest - 20 ? at - widest / 2 : 0;
  // The byte order mark counts as a column and takes no room.
  const window = (text: string) => text.slice(from, from + widest).replace(/^\uFEFF/, '');
  const lines = [colors.dim(gutter) + window(shown)];
  // Where something was masked before the place, the caret would stand beside it.
  const before = window(original.slice(0, at));
  if (column !== undefined && window(shown).startsWith(before)) lines.push(' '.repeat(gutter.length) + before.replace(/[^\t]/g, ' ') + colors.red('^'));
  return lines;
}

/** The text with its secrets masked, line for line. */
function withoutSecrets(text: string): string {
  let result = '';
  let end = 0;
  for (const { index, text: secret, redacted } of findSecrets(text)) {
    const lost = breaks(secret) - breaks(redacted);
    result += text.slice(end, index) + redacted + '\n'.repeat(Math.max(0, lost));
    end = index + secret.length;
  }
  return result + text.slice(end);
}

function breaks(text: string): number {
  return text.split('\n').length - 1;
}
