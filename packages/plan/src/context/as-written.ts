import type { AsWritten, Context, HazardRow, Statement } from '@planwright/spec';
import { headline } from './headline.js';

/** What becomes of each hazard of the change, and how the change as written compares with the plan. Absent where no rule found anything. */
export function asWritten(context: Context): AsWritten | undefined {
  const hazards = context.change.migrations.flatMap(({ statements }) => statements.flatMap(rowsOf));
  const replaced = context.change.migrations.some(({ replacedBy }) => replacedBy);
  if (hazards.length === 0 && !replaced) return undefined;
  return { ...(replaced && { headline: headline(context) }), ...(hazards.length > 0 && { hazards }) };
}

function rowsOf({ id, sql, file, line, findings = [], accepted = [], replacedBy }: Statement): readonly HazardRow[] {
  return findings.map(({ rule, verdict, message, kept }): HazardRow => {
    const acceptance = accepted.find((one) => one.rule === rule);
    return {
      ...(id !== undefined && { statement: id }),
      ...(sql !== undefined && { sql: sql.replace(/\s+/g, ' ').trim() }),
      ...(file !== undefined && { place: line === undefined ? file : `${file}:${line}` }),
      rule,
      verdict,
      message,
      ...(acceptance
        ? {
            outcome: 'accepted',
            reason: acceptance.reason,
            ...(acceptance.by !== undefined && { by: acceptance.by }),
            ...(acceptance.where !== undefined && { where: acceptance.where }),
          }
        : kept === undefined && replacedBy && replacedBy.length > 0
          ? { outcome: 'replaced', migrations: [...replacedBy] }
          : { outcome: 'kept', reason: kept ?? 'No other form of it is known that avoids this.' }),
    };
  });
}
