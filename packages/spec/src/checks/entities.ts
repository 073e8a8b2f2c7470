import type { Context, Question, ValidationQuery } from '../generated/types.js';
import { pointerTo } from '../pointer.js';

/** Something in a context that others refer to, with the pointer of its id. */
export interface Entity {
  readonly id: string;
  readonly pointer: string;
}

/** A kind of entity: its word, and those of a context. `undefined` where the context has no such list: it is not known yet which there are. */
export interface EntityKind {
  readonly word: string;
  readonly of: (context: Context) => readonly Entity[] | undefined;
}

type Segments = readonly (string | number)[];

function listed<Item>(items: readonly Item[] | undefined, key: keyof Item & string, ...at: Segments): readonly Entity[] | undefined {
  return items?.flatMap((item, index) => {
    const id = item[key];
    return id === undefined ? [] : [{ id: String(id), pointer: pointerTo(...at, index, key) }];
  });
}

function queries({ validation, sequence }: Context): readonly Entity[] | undefined {
  const ofMigrations = sequence?.migrations.flatMap(
    (migration, index) => listed<ValidationQuery>(migration.validation, 'id', 'sequence', 'migrations', index, 'validation') ?? [],
  );
  const ofContext = listed<ValidationQuery>(validation, 'id', 'validation');
  // A sequence without queries will get them; only where somebody listed some is it known which there are.
  if (ofContext === undefined && !ofMigrations?.length) return undefined;
  return [...(ofContext ?? []), ...(ofMigrations ?? [])];
}

function statements({ change }: Context): readonly Entity[] {
  return change.migrations.flatMap(({ statements, down }, index) => [
    ...(listed(statements, 'id', 'change', 'migrations', index, 'statements') ?? []),
    ...(listed(down?.statements, 'id', 'change', 'migrations', index, 'down', 'statements') ?? []),
  ]);
}

/** Kinds of entities by name. The name is the noun in issues' codes and messages. */
export const entities = {
  written: { word: 'written migration', of: ({ change }) => listed(change.migrations, 'id', 'change', 'migrations') },
  statement: { word: 'statement', of: statements },
  migration: { word: 'migration', of: ({ sequence }) => listed(sequence?.migrations, 'id', 'sequence', 'migrations') },
  gate: { word: 'gate', of: ({ sequence }) => listed(sequence?.gates, 'id', 'sequence', 'gates') },
  query: { word: 'validation query', of: queries },
  dataMigration: { word: 'data migration', of: ({ dataMigrations }) => listed(dataMigrations, 'id', 'dataMigrations') },
  release: { word: 'release', of: ({ releases }) => listed(releases, 'name', 'releases') },
  flag: { word: 'feature flag', of: ({ flags }) => listed(flags, 'name', 'flags') },
  environment: { word: 'environment', of: ({ environments }) => listed(environments, 'name', 'environments') },
  task: { word: 'task', of: ({ tasks }) => listed(tasks, 'id', 'tasks') },
  subtask: { word: 'subtask', of: ({ subtasks }) => listed(subtasks, 'slug', 'subtasks') },
  step: { word: 'step', of: ({ steps }) => listed(steps, 'id', 'steps') },
  procedure: { word: 'rollback procedure', of: ({ rollback }) => listed(rollback?.procedures, 'name', 'rollback', 'procedures') },
  trigger: { word: 'rollback trigger', of: ({ rollback }) => listed(rollback?.triggers, 'id', 'rollback', 'triggers') },
  rollbackPoint: { word: 'rollback point of step', of: ({ rollback }) => listed(rollback?.points, 'step', 'rollback', 'points') },
  metric: { word: 'metric', of: ({ monitoring }) => listed(monitoring, 'id', 'monitoring') },
  risk: { word: 'risk', of: ({ risks }) => listed(risks, 'id', 'risks') },
  prerequisite: { word: 'prerequisite', of: ({ prerequisites }) => listed(prerequisites, 'id', 'prerequisites') },
  assumption: { word: 'assumption', of: ({ assumptions }) => listed(assumptions, 'id', 'assumptions') },
  question: { word: 'question', of: ({ questions }) => listed<Question>(questions, 'id', 'questions') },
  timelinePhase: { word: 'phase of the timeline', of: ({ timeline }) => listed(timeline?.phases, 'name', 'timeline', 'phases') },
  run: { word: 'run', of: ({ timeline }) => listed(timeline?.runs, 'number', 'timeline', 'runs') },
} as const satisfies Readonly<Record<string, EntityKind>>;

export type EntityName = keyof typeof entities;
