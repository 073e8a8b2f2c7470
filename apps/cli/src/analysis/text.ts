import { say } from '@planwright/renderer';
import type { AnalysedStatement, AnalysisReport, Basis, PlacedFinding } from '@planwright/spec';
import type { Danger } from '../commands/analyze.js';
import { excerpt } from '../print-issues.js';
import type { Terminal } from '../terminal.js';
import { wrap } from '../wrap.js';

export interface TextOptions {
  /** Show every statement, not only those with findings. */
  readonly all: boolean;
  readonly failOn: readonly Danger[];
}

/** The report for people: statement, caret, three verdicts, what to do; and a count at the end. */
export function asText(terminal: Terminal, report: AnalysisReport, sources: ReadonlyMap<string, string>, { all, failOn }: TextOptions): string {
  const findings = new Map<string, PlacedFinding[]>();
  for (const finding of report.findings) findings.set(placeOf(finding), [...(findings.get(placeOf(finding)) ?? []), finding]);
  const shown = report.statements.filter((statement) => all || findings.has(placeOf(statement)));
  const blocks = shown.map((statement) => block(terminal, statement, findings.get(placeOf(statement)) ?? [], sources));
  return `${blocks.map((lines) => `${lines.join('\n')}\n\n`).join('')}${closing(terminal, report, failOn)}\n`;
}

function placeOf({ file, line, column }: Pick<AnalysedStatement, 'file' | 'line' | 'column'>): string {
  return `${file}:${line}:${column}`;
}

function block(terminal: Terminal, statement: AnalysedStatement, findings: readonly PlacedFinding[], sources: ReadonlyMap<string, string>): readonly string[] {
  const { colors, width } = terminal;
  const text = sources.get(statement.file)?.split(/\r\n|\r|\n/)[statement.line - 1] ?? statement.sql.split('\n')[0] ?? '';
  const rows = [
    ['lock', lockText(statement), statement.basis?.lock],
    ['data', dataText(statement), statement.basis?.data],
    ['code', codeText(statement), statement.basis?.code],
  ] as const;
  return [
    colors.bold(placeOf(statement)),
    ...excerpt(colors, text, text, statement),
    ...rows.flatMap(([verdict, words, basis]) => labelled(colors.dim(verdict), `${words}${basisText(basis)}`, width)),
    ...(statement.duration ? labelled(colors.dim('time'), durationText(statement.duration), width) : []),
    ...findings.flatMap((finding) => findingLines(terminal, finding)),
  ];
}

function labelled(label: string, text: string, width: number): readonly string[] {
  return wrap(text, Math.max(40, width - 8)).map((line, index) => (index === 0 ? `  ${label}  ${line}` : `        ${line.trimStart()}`));
}

function findingLines({ colors, width }: Terminal, { rule, verdict, message, hint, query, assumed = [], docs, accepted }: PlacedFinding): readonly string[] {
  const mark = accepted ? colors.dim('accepted') : verdict === 'advice' ? colors.cyan('advice') : colors.red(`${verdict} danger`);
  const indented = (text: string): readonly string[] => wrap(text, Math.max(40, width - 4)).map((line) => `    ${line.trimStart()}`);
  return [
    `  ${mark} ${colors.bold(rule)}`,
    ...indented(message),
    ...assumed.flatMap((text) => indented(colors.dim(`assumed: ${text}`))),
    ...(accepted
      ? indented(`accepted${accepted.by ? ` by ${accepted.by}` : ''}: ${accepted.reason}${accepted.where ? ` (${accepted.where})` : ''}`)
      : [
          ...(hint ? indented(`${colors.dim('→')} ${hint}`) : []),
          ...(query ? indented(`${colors.dim('ask first:')} ${query.replace(/\s+/g, ' ')}`) : []),
          ...(docs ? [`    ${colors.dim(docs)}`] : []),
        ]),
  ];
}

function lockText({ locks, rewrites, scans, unknown }: AnalysedStatement): string {
  if (unknown?.includes('lock')) return 'not known';
  if (locks.length === 0) return 'no relation that was there before';
  const list = locks.map(({ relation, mode, held }) => `${mode} on ${relation}, ${held === 'brief' ? 'brief' : `for a ${held}`}`);
  const work = [...(rewrites.length > 0 ? [`rewrites ${rewrites.join(', ')}`] : []), ...(scans.length > 0 ? [`reads all of ${scans.join(', ')}`] : [])];
  return [...list, ...work].join('; ');
}

function dataText({ data, unknown }: AnalysedStatement): string {
  if (unknown?.includes('data')) return 'not known';
  const words = data.loses ? 'loses data' : data.canFail ? 'can fail on rows that exist' : 'cannot fail on rows that exist';
  return data.reason ? `${words}: ${data.reason.replace(/\.$/, '')}` : words;
}

function codeText({ code, unknown }: AnalysedStatement): string {
  if (unknown?.includes('code')) return 'not known';
  const words = code.breaksOldCode
    ? 'breaks a running release'
    : code.needsNewCode
      ? 'running releases survive, new code must wait for it'
      : 'running releases survive';
  return code.reason ? `${words}: ${code.reason.replace(/\.$/, '')}` : words;
}

function basisText(basis: Basis | undefined): string {
  return basis === undefined ? '' : ` (${basis})`;
}

function durationText({ min, max, from, basis }: NonNullable<AnalysedStatement['duration']>): string {
  const seconds = (value: number) => (value < 1 ? 'less than a second' : value < 120 ? `${Math.round(value)} s` : `${Math.round(value / 60)} min`);
  const range = seconds(min) === seconds(max) ? seconds(max) : `${seconds(min)} to ${seconds(max)}`;
  return `${range}${from ? `: ${from}` : ''}${basisText(basis)}`;
}

function closing({ colors }: Terminal, { statements, findings, target }: AnalysisReport, failOn: readonly Danger[]): string {
  const open = findings.filter(({ accepted, verdict }) => !accepted && verdict !== 'advice');
  const counted = (['lock', 'data', 'code'] as const).flatMap((verdict) => {
    const count = open.filter((finding) => finding.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict}`];
  });
  const migrations = new Set(statements.map(({ migration }) => migration)).size;
  const accepted = findings.filter((finding) => finding.accepted).length;
  const advice = findings.filter(({ verdict }) => verdict === 'advice').length;
  const dangers = counted.length === 0 ? colors.green('no danger') : colors.red(`${say.count(open.length, 'danger')} (${counted.join(', ')})`);
  const more = [...(accepted > 0 ? [`${accepted} accepted`] : []), ...(advice > 0 ? [`${advice} of house style`] : [])];
  const ignored = open.filter(({ verdict }) => !failOn.some((danger) => danger === verdict)).length;
  return `${[dangers, ...more].join(', ')} in ${say.count(statements.length, 'statement')} of ${say.count(migrations, 'migration')}, for PostgreSQL ${target.version}${target.versionBasis === 'default' ? ' (assumed)' : ''}${
    ignored > 0 ? `; ${ignored} do not count by --fail-on` : ''
  }`;
}
