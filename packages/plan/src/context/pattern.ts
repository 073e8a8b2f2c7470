import type { Context, Gate, Pattern, PhaseItem, StrategyPhase } from '@planwright/spec';
import { operationPhrase } from '../operation-phrase.js';
import type { Survey } from '../survey.js';
import { distinct, listed } from '../words.js';
import { hasBridge } from './gates.js';

const order = ['expand', 'migrate', 'contract', 'cleanup'] as const;

/** How a breaking change is carried out, phase by phase, from the sequence; absent for an additive change. */
export function pattern(survey: Survey, context: Context): Pattern | undefined {
  if (context.classification?.changeType === 'additive') return undefined;
  const breaking = survey.planned.filter((act) => act.effect.breaking === true);
  const bridge = hasBridge(breaking);
  const window = !bridge && context.classification?.zeroDowntime === false;
  const additive = survey.asked.filter((act) => act.effect.kind === 'adds' && act.effect.breaking === false);
  const obstacles = distinct(breaking.filter((act) => act.effect.noBridge).map((act) => operationPhrase(act.operation)));
  return {
    // A sequence that stops every release follows no pattern of zero downtime.
    ...(window ? { name: 'Maintenance window' as const } : bridge && breaking.length > 0 ? { name: 'Expand-Contract' as const } : {}),
    ...(breaking.length === 0
      ? { reason: 'whether a running release fails is not known: a statement was not analysed' }
      : {
          reason: window
            ? `no release fits the schema before and after ${listed(obstacles)}, and zero downtime is not required`
            : bridge
              ? 'R1 works before and after each breaking migration, so one release can run beside the other'
              : `not reached by this sequence: no release fits the schema before and after ${listed(obstacles)}. Without a pause it takes a new object beside the old one, both written, existing rows filled, reads switched, and the old one dropped`,
        }),
    ...(additive.length > 0 && { additiveFirst: distinct(additive.map((act) => operationPhrase(act.operation))) }),
    phases: phases(survey, context),
  };
}

function phases(survey: Survey, context: Context): StrategyPhase[] {
  return order.flatMap((phase) => {
    const migrations = survey.migrations.filter((migration) => migration.phase === phase);
    if (migrations.length === 0) return [];
    const items = migrations.flatMap((migration): PhaseItem[] => [
      ...(context.sequence?.gates ?? []).filter((gate) => gate.before === migration.id).map(gateItem),
      ...itemsOf(migration.id, survey, context),
      ...(context.dataMigrations ?? []).flatMap((data) => (data.migration === migration.id ? checks(data.table, migration.id, context) : [])),
      ...(context.sequence?.gates ?? []).filter((gate) => gate.before === undefined && gate.after === migration.id).map(gateItem),
    ]);
    const wait = (context.sequence?.gates ?? []).find((gate) => gate.wait !== undefined && migrations.some((migration) => migration.id === gate.before))?.wait;
    return [{ phase, items, ...(wait !== undefined && { waitDays: wait }) }];
  });
}

function gateItem(gate: Gate): PhaseItem {
  return { kind: gate.release ? 'deploy' : 'note', text: `${gate.title}.`, gate: gate.id };
}

function itemsOf(id: string, survey: Survey, context: Context): PhaseItem[] {
  const data = (context.dataMigrations ?? []).filter((migration) => migration.migration === id);
  const acts = survey.planned.filter(
    (act) => act.migration.id === id && act.effect.kind !== 'none' && !['updateRows', 'backfill'].includes(act.operation.type),
  );
  const phrases = distinct(acts.map((act) => operationPhrase(act.operation)));
  return [
    ...(phrases.length > 0
      ? [
          {
            kind: 'migration' as const,
            text: `${phrases.length > 8 ? `${phrases.slice(0, 7).join('; ')}; and ${phrases.length - 7} more operations` : phrases.join('; ')}.`,
            migrations: [id],
          },
        ]
      : []),
    ...data.map(
      (one): PhaseItem => ({
        kind: 'backfill',
        text: `Fill ${one.destination ?? one.table}.`,
        ...((one.batchSql ?? one.sql) ? { sql: one.batchSql ?? one.sql ?? '' } : {}),
        migrations: [id],
      }),
    ),
  ];
}

function checks(table: string, migration: string, context: Context): PhaseItem[] {
  const queries = (context.validation ?? []).filter(
    (query) => query.when === 'after backfill' && query.migration === migration && query.objects?.some((object) => object.startsWith(table)),
  );
  return queries.map((query) => ({ kind: 'verify', text: query.proves ?? 'The rows are filled.', sql: query.sql, expected: query.expected }));
}
