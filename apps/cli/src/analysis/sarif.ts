import { createHash } from 'node:crypto';
import type { KnownRule } from '@planwright/analyzer';
import type { AnalysisReport, PlacedFinding } from '@planwright/spec';
import { version } from '../version.js';

/**
 * The report as SARIF 2.1.0, for code scanning.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function asSarif({ findings, statements }: AnalysisReport, rules: readonly KnownRule[], docs: (rule: KnownRule) => string): object {
  const used = rules.filter(({ id }) => findings.some(({ rule }) => rule === id));
  const sqlAt = new Map(statements.map(({ file, line, column, sql }) => [`${file}:${line}:${column}`, sql]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'planwright',
            version,
            informationUri: 'https://planwright.dev',
            rules: used.map((rule) => ({
              id: rule.id,
              name: pascalCase(rule.id),
              shortDescription: { text: rule.title },
              fullDescription: { text: rule.why },
              help: { text: rule.instead, markdown: `${rule.why}\n\n${rule.instead}` },
              helpUri: docs(rule),
              defaultConfiguration: { level: levelOf(rule.verdict) },
              properties: { tags: ['database', 'migration', rule.verdict] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, used, sqlAt.get(`${finding.file}:${finding.line}:${finding.column}`) ?? '')),
      },
    ],
  };
}

function result(finding: PlacedFinding, used: readonly KnownRule[], sql: string): object {
  const lines = sql.split('\n');
  const last = lines.at(-1) ?? '';
  return {
    ruleId: finding.rule,
    ruleIndex: used.findIndex(({ id }) => id === finding.rule),
    level: levelOf(finding.verdict),
    message: { text: finding.hint === undefined ? finding.message : `${finding.message} ${finding.hint}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: finding.file.split('\\').join('/') },
          region: {
            startLine: finding.line,
            startColumn: finding.column,
            endLine: finding.line + lines.length - 1,
            endColumn: (lines.length === 1 ? finding.column : 1) + last.length,
          },
        },
      },
    ],
    // The same hazard of the same statement is the same alert, wherever the statement moves to.
    partialFingerprints: {
      'statement/v1': createHash('sha256')
        .update(`${finding.rule}\n${finding.relation ?? ''}\n${sql}`)
        .digest('hex')
        .slice(0, 32),
    },
    ...(finding.accepted && {
      suppressions: [
        { kind: /:\d+$/.test(finding.accepted.where ?? '') ? 'inSource' : 'external', status: 'accepted', justification: finding.accepted.reason },
      ],
    }),
  };
}

function levelOf(verdict: PlacedFinding['verdict']): 'error' | 'warning' | 'note' {
  return verdict === 'advice' ? 'note' : verdict === 'lock' || verdict === 'data' ? 'error' : 'warning';
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}
