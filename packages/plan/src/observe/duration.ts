import type { Duration, Evidence, MigrationEvidence, PlannedMigration } from '@planwright/spec';

/**
 * The run time that was measured, where it does not depend on how many rows there are: nothing was read in full, written anew or changed. The time of a scan
 * on a scratch database says nothing of the production table.
 */
export function observedDuration(
  { duration }: PlannedMigration,
  { statements, milliseconds }: MigrationEvidence,
  { engine, rows = {} }: Evidence,
): { readonly duration?: Duration } {
  const onRows = statements.some((one) => one.scans?.length || one.rewrites?.length || one.rows || one.locks === undefined || one.error !== undefined);
  if (duration || milliseconds === undefined || onRows || statements.length === 0) return {};
  const most = Math.max(0, ...Object.values(rows));
  const seconds = Math.round(milliseconds) / 1000;
  return {
    duration: {
      min: seconds,
      max: seconds,
      basis: 'observed',
      from: `${most === 0 ? 'empty tables' : `up to ${most} rows a table`} on ${engine.name} ${engine.version}`,
    },
  };
}
