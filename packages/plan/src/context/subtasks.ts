import { say } from '@planwright/renderer';
import type { Context, Level, PlannedMigration, Subtask } from '@planwright/spec';
import { named } from '../names.js';
import type { Survey } from '../survey.js';
import { distinct, listed } from '../words.js';
import { lowerFirst } from './classification.js';
import { demands, hasBridge } from './gates.js';
import { tableOf } from './migration-title.js';
import { ranges } from './ranges.js';

/** Days of work of each subtask, the family's convention: people's own figures win. */
const efforts = {
  'migration-plan': [0.5, 0.5],
  'schema-migration': [0.5, 0.5],
  'dual-write': [1, 1],
  'data-migration': [0.5, 1],
  'switch-reads': [0.5, 1],
  'switch-writes': [0.5, 1],
  contract: [0.5, 0.5],
  cleanup: [0.5, 0.5],
  'migration-validation': [0.5, 0.5],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

type Slug = keyof typeof efforts;
type Draft = Omit<Subtask, 'slug' | 'effort' | 'dependsOn'> & { readonly slug: Slug; readonly needs: readonly Slug[] };

/** The subtasks that the change falls into: the canonical ones, and for a breaking change those of its phases. */
export function subtasks(survey: Survey, context: Context): Subtask[] {
  const all = survey.migrations.map(({ id }) => id);
  const breaking = survey.planned.filter((act) => act.effect.breaking === true);
  const data = new Set((context.dataMigrations ?? []).flatMap((one) => one.migration ?? []));
  const dataOnly = (migration: PlannedMigration) => data.has(migration.id) && migration.phase === 'migrate';
  const several = survey.migrations.some(({ phase }) => phase !== 'contract' && phase !== 'cleanup');
  const schema = survey.migrations.filter(
    (migration) => !dataOnly(migration) && (!several || migration.phase === 'expand' || migration.phase === 'migrate' || migration.phase === undefined),
  );
  const contract = several ? survey.migrations.filter(({ phase }) => phase === 'contract') : [];
  const cleanup = survey.migrations.filter(({ phase }) => phase === 'cleanup' && !schema.some((one) => one.phase === 'cleanup'));
  const gate = context.sequence?.gates?.find(({ release }) => release !== undefined);
  const last = context.sequence?.gates?.find(({ wait }) => wait !== undefined);
  const moves = breaking.some((act) => act.effect.noBridge);
  const written = new Set(survey.asked.map((act) => JSON.stringify(act.operation)));
  const triggers = survey.planned.filter((act) => act.operation.type === 'createTrigger' && !written.has(JSON.stringify(act.operation)));

  // Where nothing can go out before the release, the migration waits for it.
  const late = gate?.before !== undefined && !several;
  // What a release reads must have been filled before it goes out.
  const filledBefore = gate?.after !== undefined && [...data].some((id) => id <= (gate.after ?? ''));
  const release: Draft[] = gate
    ? [
        {
          slug: 'switch-reads',
          goal: `Release ${gate.release}, which ${gate.demand ?? demands(breaking)}.`,
          risk: [hasBridge(breaking) ? 'medium' : 'high'] as Level[],
          riskReason: hasBridge(breaking) ? 'R0 does not survive what comes behind the gate' : 'no release fits the schema before and after',
          gate: [
            gate.id,
            gate.after && gate.before ? `between ${gate.after} and ${gate.before}` : gate.after ? `after ${gate.after}` : `before ${gate.before}`,
          ].join(', '),
          needs: several ? (filledBefore ? ['data-migration', 'schema-migration'] : ['schema-migration']) : ['migration-plan'],
        },
      ]
    : [];

  const drafts: Draft[] = [
    {
      slug: 'migration-plan',
      goal: 'Have the strategy written down, reviewed and approved.',
      risk: ['low'],
      riskReason: 'no migration',
      files: [{ path: 'docs/migration-plan.md', role: 'Migration steps' }],
      scope: scope(survey),
      needs: [],
    },
    ...(late ? release : []),
    { slug: 'schema-migration', goal: goalOf(schema), ...covering(schema), needs: late ? ['switch-reads'] : ['migration-plan'] },
    ...(triggers.length > 0
      ? [
          {
            slug: 'dual-write' as const,
            goal: 'Keep old and new columns equal, whichever release writes.',
            ...covering(migrationsOf(triggers)),
            needs: ['schema-migration'] as const,
          },
        ]
      : []),
    ...(data.size > 0 || (context.dataMigrations ?? []).length > 0
      ? [
          {
            slug: 'data-migration' as const,
            goal: goalOfData(context),
            ...covering(
              survey.migrations.filter(({ id }) => data.has(id)),
              'data transformation',
            ),
            risk: ['high'] as Level[],
            needs: ['dual-write', 'schema-migration'] as const,
          },
        ]
      : []),
    ...(late ? [] : release),
    ...(gate && moves && triggers.length > 0
      ? [
          {
            slug: 'switch-writes' as const,
            goal: `Release ${gate.release} or later writes the new columns only.`,
            risk: ['medium'] as Level[],
            riskReason: 'old releases read what is no longer written',
            needs: ['switch-reads'] as const,
          },
        ]
      : []),
    ...(contract.length > 0
      ? [
          {
            slug: 'contract' as const,
            goal: goalOf(contract),
            ...covering(contract),
            needs: ['data-migration', 'switch-writes', 'switch-reads', 'schema-migration'] as const,
          },
        ]
      : []),
    ...(cleanup.length > 0
      ? [
          {
            slug: 'cleanup' as const,
            goal: goalOf(cleanup),
            ...covering(cleanup),
            ...(last && { gate: `${last.id}, before ${last.before}: ${last.title}` }),
            needs: ['contract', 'switch-writes', 'switch-reads', 'data-migration', 'schema-migration'] as const,
          },
        ]
      : []),
    {
      slug: 'migration-validation',
      goal: `Prove ${survey.migrations.length === 1 ? 'the migration' : `all ${survey.migrations.length} migrations`} forward${back(survey)}.`,
      risk: ['low'],
      riskReason: 'no production data',
      ...(context.testing?.path && { files: [{ path: context.testing.path, role: 'Migration tests' }] }),
      tests: tests(survey, context),
      needs: ['cleanup', 'contract', 'data-migration', 'dual-write', 'schema-migration'],
    },
  ];
  const present = new Set(drafts.map(({ slug }) => slug));
  return drafts.map(({ needs, slug, ...rest }) => {
    const [min, max] = efforts[slug];
    const dependsOn = nearest(needs.filter((need) => present.has(need)));
    return { slug, ...rest, effort: { min, max }, ...(dependsOn.length > 0 && { dependsOn }) };
  });

  /** Drops needs that another need has already. Validation waits for the last one only. */
  function nearest(needs: readonly Slug[]): Slug[] {
    const reach = (slug: Slug): Slug[] =>
      (drafts.find((draft) => draft.slug === slug)?.needs ?? []).filter((need) => present.has(need)).flatMap((need) => [need, ...reach(need)]);
    const further = new Set(needs.flatMap(reach));
    return needs.filter((need) => !further.has(need));
  }

  function migrationsOf(acts: readonly { readonly migration: PlannedMigration }[]): PlannedMigration[] {
    return survey.migrations.filter(({ id }) => acts.some((act) => act.migration.id === id));
  }

  function covering(migrations: readonly PlannedMigration[], kind = 'schema change'): Pick<Subtask, 'files' | 'migrations' | 'risk' | 'riskReason'> {
    const levels = (['low', 'medium', 'high'] as const).filter((level) => migrations.some(({ risk }) => (risk ?? 'medium') === level));
    const [low, high] = [levels[0], levels.at(-1)];
    const worst = migrations.find(({ risk }) => risk === high);
    const files = migrations.flatMap(({ file, title }) => (file ? [{ path: file, ...(title && { role: title }) }] : []));
    return {
      migrations: migrations.map(({ id }) => id),
      ...(files.length > 0 && { files }),
      risk: low && high && low !== high ? [low, high] : [high ?? 'low'],
      riskReason: worst?.riskReason ? `${kind}: ${lowerFirst(worst.riskReason).replace(/\.$/, '')}` : kind,
    };
  }

  function goalOf(migrations: readonly PlannedMigration[]): string {
    const titles = migrations.flatMap(({ title }) => title ?? []);
    if (titles.length === 0)
      return `Write ${ranges(
        migrations.map(({ id }) => id),
        all,
      )}.`;
    return titles.length <= 3
      ? `${titles.map((title, position) => (position === 0 ? title : `${title.charAt(0).toLowerCase()}${title.slice(1)}`)).join('; ')}.`
      : `Write ${ranges(
          migrations.map(({ id }) => id),
          all,
        )}: ${titles[0]?.replace(/^./, (letter) => letter.toLowerCase())}, and what follows.`;
  }
}

function back({ migrations }: Survey): string {
  const reversible = migrations.filter(({ reversibility }) => reversibility?.kind !== 'irreversible').map(({ id }) => id);
  if (reversible.length === 0) return '; none can be taken back';
  return reversible.length === migrations.length
    ? ' and back'
    : `, and ${ranges(
        reversible,
        migrations.map(({ id }) => id),
      )} back`;
}

/** Tables, indexes and constraints of the change. */
function scope({ asked }: Survey): string[] {
  const tables = distinct(asked.flatMap((act) => tableOf(act.operation) ?? []));
  const indexes = distinct(
    asked.flatMap(({ operation }) =>
      operation.type === 'createIndex' && operation.index.name ? [operation.index.name] : operation.type === 'dropIndex' ? [operation.name] : [],
    ),
  );
  const constraints = distinct(
    asked.flatMap(({ operation }) =>
      operation.type === 'addConstraint' && operation.constraint.name
        ? [operation.constraint.name]
        : operation.type === 'dropConstraint'
          ? [operation.name]
          : [],
    ),
  );
  return [
    ...tables.map((table) => `table ${table}`),
    ...indexes.map((index) => `index ${index}`),
    ...constraints.map((constraint) => `constraint ${constraint}`),
  ];
}

function goalOfData({ dataMigrations = [] }: Context): string {
  const inserts = dataMigrations.filter(({ reads }) => reads !== undefined);
  const changes = dataMigrations.filter((one) => !inserts.includes(one));
  const of = (migrations: typeof dataMigrations) => listed(distinct(migrations.map((one) => one.destination ?? one.table)));
  return [
    ...(changes.length > 0 ? [`Fill ${of(changes)} in the rows that exist.`] : []),
    ...(inserts.length > 0 ? [`Insert rows of queries into ${of(inserts)}.`] : []),
  ].join(' ');
}

function tests({ migrations, asked }: Survey, context: Context): string[] {
  const all = migrations.map(({ id }) => id);
  const irreversible = migrations.filter(({ reversibility }) => reversibility?.kind === 'irreversible').map(({ id }) => id);
  const reversible = [...all].reverse().filter((id) => !irreversible.includes(id));
  const indexes = asked.flatMap(({ operation }) => (operation.type === 'createIndex' ? [operation.index.name ?? `the index on ${named(operation)}`] : []));
  const large = (context.tables?.facts ?? []).filter(({ rows }) => rows !== undefined && rows >= (context.project?.largeTableRows ?? 100_000));
  const losses = migrations.flatMap(({ reversibility }) => (reversibility?.kind === 'lossy' ? (reversibility.loses ?? []) : []));
  return [
    `Migration applies: ${ranges(all, all)}, also on an empty database`,
    ...(reversible.length > 0
      ? [
          `Rollback works: ${ranges(reversible, all)}, newest first, the schema equal after each${irreversible.length > 0 ? `; ${ranges(irreversible, all)} excepted, which cannot be undone` : ''}`,
        ]
      : [`No rollback to test: ${ranges(irreversible, all)} cannot be undone`]),
    `Data preserved: rows and values as before on the way forward${asked.some((act) => act.effect.data === 'loses') ? ', but for what the plan removes' : ''}${losses.length > 0 ? `; the way back loses only ${listed(say.losses(losses))}` : ''}`,
    ...(indexes.length > 0 ? [`Indexes created: ${listed(indexes)}`] : []),
    ...large.map(({ table, rows }) => `Performance acceptable on ${table} (${rows?.toLocaleString('en-US')} rows)`),
  ];
}
