import type { AsWritten, Context, Finding, HazardRow, PlannedMigration, Statement } from '@planwright/spec';
import { sentencesOf } from '../words.js';
import { headline } from './headline.js';

/** What becomes of each hazard of the change, and how the change as written compares with the plan. Absent where no rule found anything. */
export function asWritten(context: Context): AsWritten | undefined {
  const hazards = context.change.migrations.flatMap(({ statements }) => statements.flatMap((statement) => rowsOf(statement, context)));
  const replaced = context.change.migrations.some(({ replacedBy }) => replacedBy);
  if (hazards.length === 0 && !replaced) return undefined;
  return { ...(replaced && { headline: headline(context) }), ...(hazards.length > 0 && { hazards }) };
}

function rowsOf({ id, sql, file, line, findings = [], accepted = [], replacedBy }: Statement, context: Context): readonly HazardRow[] {
  return findings.map((finding): HazardRow => {
    const { rule, verdict, message, kept, avoidedBy } = finding;
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
          ? { outcome: 'replaced', migrations: [...replacedBy], ...whatStays(finding, replacedBy, context) }
          : avoidedBy && avoidedBy.length > 0
            ? { outcome: 'replaced', migrations: [...avoidedBy], reason: 'it stays as written, in a transaction of its own' }
            : { outcome: 'kept', reason: kept ?? 'No other form of it is known that avoids this.' }),
    };
  });
}

/** What another way does not take from the danger: values that somebody wants gone are gone, code must be ready for what ends, and rows for what is required of them. */
function whatStays({ verdict, query, message, relation }: Finding, ids: readonly string[], { sequence }: Context): { readonly reason?: string } {
  const own = (sequence?.migrations ?? []).filter(({ id }) => ids.includes(id));
  // Rows can be counted that make a statement fail; of what is lost there is nothing to count beforehand.
  if (verdict === 'data' && query !== undefined) {
    const failing = failingOn(
      own,
      message,
      [...message.matchAll(/`([^`]+)`/g)].flatMap(([, name = '']) => (name === relation ? [] : [name.slice(name.lastIndexOf('.') + 1)])),
    );
    return failing ? { reason: `rows on which it fails have to be put right before Migration ${failing.id}` } : {};
  }
  const lossy = own.find(({ verdicts }) => verdicts?.data?.outcome === 'loses');
  const breaking = own.find(({ verdicts }) => verdicts?.code?.breaksOld);
  const late = verdict === 'data' ? lossy : verdict === 'code' ? breaking : undefined;
  const place = sequence?.migrations.findIndex(({ id }) => id === late?.id) ?? -1;
  const gates = (sequence?.gates ?? []).filter(
    ({ before }) => before !== undefined && (sequence?.migrations.findIndex(({ id }) => id === before) ?? Number.POSITIVE_INFINITY) <= place,
  );
  const gate = (verdict === 'code' ? gates.filter(({ release }) => release !== undefined) : gates).at(-1);
  if (!late || !gate) return {};
  return { reason: verdict === 'data' ? `the loss stays, and waits for gate ${gate.id}` : `gate ${gate.id} comes before` };
}

/** The first migration that may fail on rows for the reason of a finding, where one can be told: a step of another column may fail before. */
function failingOn(migrations: readonly PlannedMigration[], message: string, columns: readonly string[]): PlannedMigration | undefined {
  const failing = migrations.filter(({ verdicts }) => verdicts?.data?.outcome === 'may fail');
  const codeIn = (text: string): string | undefined => /\b(?=\w*\d)[0-9A-Z]{5}\b/.exec(text)?.[0];
  const isSo = (reason: string): boolean => {
    const code = codeIn(reason);
    return columns.some((column) => reason.includes(column)) && (code === undefined || message.includes(code));
  };
  const isAbout = ({ statements }: PlannedMigration): boolean =>
    statements.some(({ verdicts }) => verdicts?.data?.outcome === 'may fail' && sentencesOf(verdicts.data.reason ?? '').some(isSo));
  return failing.find(isAbout) ?? failing[0];
}
