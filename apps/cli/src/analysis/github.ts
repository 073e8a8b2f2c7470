import type { AnalysisReport, PlacedFinding } from '@planwright/spec';

/** The report as annotations of a pull request, one line each: workflow commands of GitHub Actions. Accepted findings are notices. */
export function asAnnotations({ findings, issues }: AnalysisReport): string {
  return [
    ...findings.map((finding) =>
      annotation(
        levelOf(finding),
        finding,
        `${finding.rule} (${finding.verdict})`,
        finding.accepted ? acceptedText(finding, finding.accepted.reason) : text(finding),
      ),
    ),
    ...issues.map((issue) =>
      annotation(issue.severity === 'warning' ? 'warning' : 'error', issue, issue.code, issue.hint ? `${issue.message}\n${issue.hint}` : issue.message),
    ),
  ].join('');
}

function levelOf({ accepted, verdict }: PlacedFinding): string {
  return accepted || verdict === 'advice' ? 'notice' : 'error';
}

function text({ message, hint, docs }: PlacedFinding): string {
  return [message, hint, docs].filter((part) => part !== undefined).join('\n');
}

function acceptedText({ message }: PlacedFinding, reason: string): string {
  return `${message}\nAccepted: ${reason}`;
}

function annotation(level: string, at: { readonly file?: string; readonly line?: number; readonly column?: number }, title: string, message: string): string {
  const properties = [
    at.file === undefined ? undefined : `file=${property(at.file)}`,
    at.line === undefined ? undefined : `line=${at.line}`,
    at.column === undefined ? undefined : `col=${at.column}`,
    `title=${property(title)}`,
  ].filter((part) => part !== undefined);
  return `::${level} ${properties.join(',')}::${escaped(message)}\n`;
}

// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts says which characters end a property or a message.
function escaped(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string): string {
  return escaped(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
