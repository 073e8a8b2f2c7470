import type { Context, Metric } from '@planwright/spec';
import { named } from '../names.js';
import type { Survey } from '../survey.js';
import { distinct, listed } from '../words.js';
import { tableOf } from './migration-title.js';

/** The metrics that every run watches. Baselines are production's: only people know them. */
export function monitoring(survey: Survey, context: Context): Metric[] {
  const created = new Set(survey.planned.flatMap(({ operation }) => (operation.type === 'createTable' ? [named(operation.table)] : [])));
  const tables = distinct(
    survey.planned.flatMap(({ operation }) => {
      const table = tableOf(operation);
      return table && !created.has(table) ? [table] : [];
    }),
  );
  const about = tables.length > 0 && tables.length <= 4 ? `p95 of statements on ${listed(tables)}` : 'p95 of all statements';
  const irreversible = survey.migrations.some(({ reversibility }) => reversibility?.kind === 'irreversible');
  const wayBack = `Stop; if it stays, ${irreversible ? 'Roll back schema where the step allows it, else Repair forward' : 'Roll back schema'}`;
  const postgresql = survey.database === 'postgresql';
  const server = survey.database !== 'sqlite';
  return [
    {
      id: 'query-performance',
      name: 'Query Performance',
      unit: 'ms',
      source: postgresql ? `${about}, from pg_stat_statements` : about,
      alert: { value: 25, relative: true, minutes: 5 },
      rollback: { value: 50, relative: true, minutes: 5 },
      action: wayBack,
    },
    {
      id: 'error-rate',
      name: 'Error Rate',
      unit: '%',
      source: 'failed requests',
      alert: { value: 2, minutes: 3 },
      rollback: { value: 5, minutes: 3 },
      action: wayBack,
    },
    ...(server
      ? [
          {
            id: 'connection-pool',
            name: 'Connection Pool',
            unit: '%',
            source: 'share in use',
            alert: { value: 90, minutes: 1 },
            alertOnly: true,
            action: 'The next step waits; look for a queue behind a lock',
          },
        ]
      : []),
    {
      id: 'disk-space',
      name: 'Disk Space',
      unit: '%',
      source: 'share in use, data volume',
      alert: { value: 80, minutes: 1 },
      alertOnly: true,
      action: 'Stop; free room before going on',
    },
    ...(server && context.project?.hasReplicas
      ? [
          {
            id: 'replication-lag',
            name: 'Replication Lag',
            unit: 's',
            source: 'each replica',
            onlyIfReplicas: true,
            action: 'Stop; go on when the replicas have caught up',
          },
        ]
      : []),
    {
      id: 'lock-wait',
      name: 'Lock Wait Time',
      unit: 's',
      source: postgresql
        ? "longest wait in pg_stat_activity, wait_event_type = 'Lock'"
        : survey.database === 'mysql'
          ? 'longest wait in performance_schema.data_lock_waits'
          : 'time spent in SQLITE_BUSY',
      alertOnly: true,
      action: 'The next step waits; find and end what holds the lock',
    },
  ];
}
