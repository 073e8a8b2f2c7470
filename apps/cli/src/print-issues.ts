import type { Issue } from '@planwright/spec';
import type { Terminal } from './terminal.js';

/** Prints issues in one grammar: place, what was found and expected, the line with a caret, what to do. */
export function printIssues(terminal: Terminal, issues: readonly Issue[], sources: ReadonlyMap<string, string> = new Map()): void {
  for (const issue of issues) terminal.err(formatIssue(terminal, issue, sources));
}

function formatIssue({ colors }: Terminal, issue: Issue, sources: ReadonlyMap<string, string>): string {
  const place = issue.file && `${issue.file}${issue.line ? `:${issue.line}${issue.column ? `:${issue.column}` : ''}` : ''}`;
  const kind = issue.severity === 'warning' ? colors.yellow('warning') : colors.red('error');
  const known = issue.file && issue.message.startsWith(issue.file);
  const lines = [`${kind} ${place && !known ? `${colors.bold(place)} ` : ''}${issue.message} ${colors.dim(`(${issue.code})`)}`];
  const excerpt = issue.file ? sourceLine(sources.get(issue.file), issue.line) : undefined;
  if (excerpt !== undefined) {
    const gutter = `${String(issue.line).padStart(6)} | `;
    lines.push(colors.dim(gutter) + excerpt.text.slice(0, 160));
    if (issue.column && issue.column <= 160) lines.push(' '.repeat(gutter.length) + excerpt.text.slice(0, issue.column - 1).replace(/[^\t]/g, ' ') + colors.red('^'));
  }
  if (issue.hint) lines.push(`  ${colors.dim('→')} ${issue.hint}`);
  return `${lines.join('\n')}\n`;
}

function sourceLine(text: string | undefined, line: number | undefined): { readonly text: string } | undefined {
  const found = text !== undefined && line !== undefined ? text.split(/\r\n|\r|\n/, line)[line - 1] : undefined;
  return found === undefined ? undefined : { text: found.replace(/^\uFEFF/, '') };
}
