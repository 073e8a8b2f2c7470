import { analysisOf, readHistory } from '@planwright/analyzer';
import type { Statement } from '@planwright/spec';
import type { PostgresqlDialect } from '@planwright/sql/postgresql';
import type { OwnSchema, OwnStatement } from './own-statements.js';

/** What planwright says of a statement that comes after a schema, the statement being a change of its own, for a target version. */
export async function predict(
  dialect: PostgresqlDialect,
  { before }: Pick<OwnSchema, 'before'>,
  { sql }: Pick<OwnStatement, 'sql'>,
  version = '16',
): Promise<Statement> {
  const files = [
    { path: 'migrations/001_schema.sql', text: before },
    { path: 'migrations/002_change.sql', text: `${sql.replace(/;\s*$/, '')};\n` },
  ].filter(({ text }) => text !== '');
  const history = await readHistory({ files, dialect });
  if (!('migrations' in history)) throw new Error(history.issues.map(({ message }) => message).join('\n'));
  const analysis = analysisOf(history, undefined, { version });
  const statement = 'change' in analysis ? analysis.change.migrations[0]?.statements[0] : undefined;
  if (!statement) throw new Error(`Not analysed: ${sql}`);
  return statement;
}

/** Rules that call a statement dangerous. House style is no danger. */
export function dangersIn({ findings = [] }: Pick<Statement, 'findings'>): readonly { readonly rule: string; readonly verdict: string }[] {
  return findings.filter(({ verdict }) => verdict !== 'advice').map(({ rule, verdict }) => ({ rule, verdict }));
}
