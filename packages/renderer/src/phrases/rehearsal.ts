import type { Comparison, Evidence, MigrationEvidence } from '@planwright/spec';
import { count, grouped } from './quantity.js';

// More than these would bury what else was seen.
const most = 6;

/** What a rehearsal has shown, a sentence each: the engine and its rows, what ran, whether the ways back restore the schema, where the sequence ends, what was not as predicted. Only what was tried is told. */
export function rehearsal(evidence: Evidence): readonly string[] {
  return [
    engine(evidence),
    ...failures(evidence),
    ...waysBack(evidence),
    ...ofKind(
      evidence,
      'same end',
      'The sequence ends in the schema of the change as written',
      'The sequence does not end in the schema of the change as written',
    ),
    ...ofKind(evidence, 'same rows', 'Its rows are those of the change as written', 'Its rows are not those of the change as written'),
    ...ofKind(evidence, 'up again', 'A second way up after the way back gave the same schema', 'A second way up after the way back gave another schema'),
    ...ofKind(evidence, "author's down", "The author's own way back restores the schema", "The author's own way back does not restore the schema"),
    ...ofKind(evidence, 'rows', 'No row was lost, and columns that the change does not touch kept their values', 'Rows are not as they were'),
    ...breaking(evidence),
    ...ofKind(evidence, 'prediction', 'The schema afterwards is the one that was predicted', 'The schema afterwards is not the one that was predicted'),
    ...disagreements(evidence),
    ...(evidence.refused ?? []).map(
      ({ message, file, line }) => `Not run: ${message.replace(/\.$/, '')}${file === undefined ? '' : ` (${file}${line === undefined ? '' : `:${line}`})`}.`,
    ),
    ...(evidence.notes ?? []),
  ];
}

function engine({ engine: { name, version, machine }, rows = {}, migrations = [] }: Evidence): string {
  const tables = Object.values(rows);
  const total = tables.reduce((sum, number) => sum + number, 0);
  const filled = tables.length === 0 ? ', tables empty' : `, ${count(total, 'row')} in ${count(tables.length, 'table')}`;
  const ups = (subject: MigrationEvidence['subject']) =>
    migrations.filter((one) => (one.direction ?? 'up') === 'up' && (one.subject ?? 'sequence') === subject).flatMap((one) => one.statements).length;
  const [written, planned] = [ups('change'), ups('sequence')];
  const ran = [
    ...(written > 0 ? [`${count(written, 'statement')} of the change as written`] : []),
    ...(planned > 0 ? [`${count(planned, 'statement')} of the sequence`] : []),
  ];
  return `Rehearsed on ${name} ${version}${machine === undefined ? '' : ` (${machine})`}${filled}${ran.length > 0 ? `: ${ran.join(' and ')}` : ''}.`;
}

// What was not run is told by what refused it, or by a note.
function failures({ migrations = [] }: Evidence): readonly string[] {
  const failed = migrations.flatMap((migration) =>
    migration.statements.flatMap(({ sql, error }) => (error === undefined || error.startsWith('not run:') ? [] : [{ migration, sql, error }])),
  );
  return capped(
    failed.map(({ migration, sql, error }) => `${subjectOf(migration)} ${migration.migration}${directionOf(migration)} failed at ${shortSql(sql)}: ${error}.`),
  );
}

function waysBack({ comparisons = [] }: Evidence): readonly string[] {
  const downs = comparisons.filter(({ kind }) => kind === 'down');
  if (downs.length === 0) return [];
  const failed = downs.filter(({ equal }) => !equal);
  const loose = downs.filter(({ equal, strict }) => equal && strict === false);
  const all =
    failed.length === 0
      ? downs.length === 1
        ? 'The way back restored the schema'
        : `Each of ${downs.length} ways back restored the schema before it`
      : `${downs.length - failed.length} of ${downs.length} ways back restored the schema before them`;
  const but = loose.length > 0 ? `, but for ${listedDifferences(loose)}` : '';
  return [`${all}${but}.`, ...capped(failed.map((one) => `The way back of ${one.migration ?? 'the whole'} does not: ${listedDifferences([one])}.`))];
}

function ofKind({ comparisons = [] }: Evidence, kind: Comparison['kind'], equal: string, different: string): readonly string[] {
  const own = comparisons.filter((one) => one.kind === kind);
  if (own.length === 0) return [];
  const failed = own.filter((one) => !one.equal);
  if (failed.length > 0)
    return capped(failed.map((one) => `${different}${one.migration === undefined ? '' : ` (${one.migration})`}: ${listedDifferences([one])}.`));
  const loose = own.filter(({ strict }) => strict === false);
  return [`${equal}${loose.length > 0 ? `, but for ${listedDifferences(loose)}` : ''}.`];
}

function breaking({ breaking: tried = [] }: Evidence): readonly string[] {
  return capped(
    tried.map(({ migration, table, query, made, found, failed, error, expected }) => {
      const rows = `${count(made, 'row')}${table === undefined ? '' : ` of \`${table}\``} made to break ${migration}`;
      const seen =
        query === undefined || found === undefined
          ? ''
          : found === made
            ? `: ${query} found exactly ${made === 1 ? 'it' : 'these'}`
            : `: ${query} found ${grouped(found)}`;
      const otherwise = error !== undefined && expected !== undefined && !error.startsWith(expected) ? `; ${expected} was predicted` : '';
      return `With ${rows}${seen}${seen === '' ? ':' : ', and'} the step ${failed ? `failed${error === undefined ? '' : ` (${error})`}` : 'did not fail'}${otherwise}.`;
    }),
  );
}

function disagreements({ migrations = [] }: Evidence): readonly string[] {
  const said = migrations.flatMap((migration) =>
    migration.statements.flatMap(({ disagrees = [] }) =>
      disagrees.map((text) => `Not as predicted, ${subjectOf(migration).toLowerCase().replace(',', '')} ${migration.migration}: ${text.replace(/\.$/, '')}.`),
    ),
  );
  const distinct = [...new Set(said)];
  return capped(distinct);
}

function listedDifferences(comparisons: readonly Comparison[]): string {
  const all = [...new Set(comparisons.flatMap(({ differences = [] }) => differences))];
  const shown = all.slice(0, most).map((text) => text.replace(/\.$/, ''));
  return `${shown.join('; ') || 'see the evidence'}${all.length > most ? `; and ${all.length - most} more` : ''}`;
}

function capped(sentences: readonly string[]): readonly string[] {
  return sentences.length > most ? [...sentences.slice(0, most), `And ${sentences.length - most} more of the kind.`] : sentences;
}

function subjectOf({ subject }: MigrationEvidence): string {
  return subject === 'change' ? 'As written,' : 'Migration';
}

function directionOf({ direction = 'up' }: MigrationEvidence): string {
  return direction === 'up' ? '' : ` (${direction})`;
}

function shortSql(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim().replaceAll('`', "'");
  return `\`${line.length > 90 ? `${line.slice(0, 89)}…` : line}\``;
}
