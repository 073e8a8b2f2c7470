import type { MigrationEvidence } from '@planwright/spec';
import { disagreements, type Versions } from './disagreements.js';
import type { RanMigration } from './run-migration.js';
import type { Rehearsed } from './subject.js';

/** Tables that a change makes itself. A scan is of rows that were there before it, so that reading such a table is none, also in a later migration. */
export function madeBy(migrations: readonly Rehearsed[]): ReadonlySet<string> {
  const tables = migrations.flatMap(({ statements }) =>
    statements.flatMap(({ operations }) =>
      operations.flatMap((one) => (one.type === 'createTable' && one.asQuery === undefined && !one.ifNotExists ? [one.table] : [])),
    ),
  );
  return new Set(tables.map(({ schema, name }) => (schema === undefined ? name : `${schema}.${name}`)));
}

/** 16 of `16.4`. */
export function majorOf(version: string | undefined): number | undefined {
  const [major] = /^\d+/.exec(version ?? '') ?? [];
  return major === undefined ? undefined : Number(major);
}

/** The evidence of a migration with where it differs from what was predicted, beside each statement. `made` holds tables that the change makes itself. */
export function withDisagreements(
  { evidence, seen }: RanMigration,
  { statements }: Rehearsed,
  made: ReadonlySet<string>,
  versions: Versions,
): MigrationEvidence {
  return {
    ...evidence,
    statements: evidence.statements.map((statement, place) => {
      const { work, there } = seen[place] ?? {};
      const planned = statements[place];
      if (!work || !there || planned?.lock?.basis !== 'predicted') return statement;
      const found = disagreements(planned.lock, planned.operations, { ...work, scans: work.scans.filter((name) => !made.has(name)) }, there, versions);
      return found.length > 0 ? { ...statement, disagrees: [...found] } : statement;
    }),
  };
}
