import type { ChangeHazards } from '@planwright/analyzer';
import type { AnalysedStatement, AnalysisReport, Basis, Issue, PlacedFinding, Statement, Target } from '@planwright/spec';

/** What analyses of migrations say, as data: every format is made from it. */
export function reportOf(target: Target, analyses: readonly ChangeHazards[], issues: readonly Issue[], shown: (file: string) => string): AnalysisReport {
  const placed = analyses.flatMap(({ change }) =>
    change.migrations.flatMap((migration) => migration.statements.map((statement) => ({ migration: migration.id, statement }))),
  );
  return {
    target,
    statements: placed.map(({ migration, statement }) => analysed(migration, statement, shown)),
    findings: placed.flatMap(({ statement }) => findingsOf(statement, shown)),
    issues: [...issues],
  };
}

function analysed(migration: string, { verdicts = {}, findings = [], accepted, ...statement }: Statement, shown: (file: string) => string): AnalysedStatement {
  const { lock, data, code } = verdicts;
  const unknown = (['lock', 'data', 'code'] as const).filter((verdict) => verdicts[verdict] === undefined);
  const query = data?.sql ?? findings.find((finding) => finding.query !== undefined)?.query;
  return {
    migration,
    file: shown(statement.file ?? ''),
    line: statement.line ?? 1,
    column: statement.column ?? 1,
    sql: statement.sql ?? '',
    locks: lock?.locks ?? [],
    rewrites: lock?.rewrites ?? [],
    scans: lock?.scans ?? [],
    ...(lock?.duration && { duration: lock.duration }),
    data: {
      canFail: data?.outcome === 'may fail' || findings.some((finding) => finding.verdict === 'data' && finding.query !== undefined),
      ...(data?.outcome === 'loses' && { loses: true }),
      ...(query !== undefined && { query }),
      ...(data?.reason !== undefined && { reason: data.reason }),
    },
    code: {
      breaksOldCode: code?.breaksOld ?? false,
      needsNewCode: code?.needsNew ?? false,
      ...(code?.reason !== undefined && { reason: code.reason }),
    },
    findings: [...new Set(findings.map(({ rule }) => rule))],
    ...(accepted && accepted.length > 0 && { accepted }),
    ...(unknown.length > 0 && { unknown }),
    basis: { ...(lock && { lock: lock.basis }), ...(data && { data: data.basis }), ...(code && { code: code.basis }) },
    evidence: weakest([lock?.basis, data?.basis, code?.basis]),
  };
}

const strength: readonly Basis[] = ['assumed', 'predicted', 'observed'];

/** All of a statement rests on no more than its weakest verdict. */
function weakest(bases: readonly (Basis | undefined)[]): Basis {
  return strength.find((basis) => bases.some((one) => (one ?? 'assumed') === basis)) ?? 'assumed';
}

function findingsOf({ findings = [], accepted = [], ...statement }: Statement, shown: (file: string) => string): readonly PlacedFinding[] {
  return findings.map(({ kept: _, ...finding }): PlacedFinding => {
    const acceptance = accepted.find(({ rule }) => rule === finding.rule);
    return {
      ...finding,
      file: shown(statement.file ?? ''),
      line: statement.line ?? 1,
      column: statement.column ?? 1,
      ...(acceptance && { accepted: acceptance }),
    };
  });
}
