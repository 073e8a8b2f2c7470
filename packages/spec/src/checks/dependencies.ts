import type { Context } from '../generated/types.js';

/** One thing that waits for others of its kind. */
export interface Dependent {
  readonly id: string;
  readonly dependsOn: readonly string[];
  readonly pointer: string;
}

/** Each kind of thing that depends on others of its kind, in the order of the context. */
export function dependentsOf({
  sequence,
  tasks,
  subtasks,
  timeline,
}: Context): Readonly<Record<'migration' | 'task' | 'subtask' | 'phase', readonly Dependent[]>> {
  return {
    migration: (sequence?.migrations ?? []).map(({ id, dependsOn = [] }, index) => ({ id, dependsOn, pointer: `/sequence/migrations/${index}/dependsOn` })),
    task: (tasks ?? []).map(({ id, dependsOn = [] }, index) => ({ id, dependsOn, pointer: `/tasks/${index}/dependsOn` })),
    subtask: (subtasks ?? []).map(({ slug, dependsOn = [] }, index) => ({ id: slug, dependsOn, pointer: `/subtasks/${index}/dependsOn` })),
    phase: (timeline?.phases ?? []).map(({ name, dependsOn = [] }, index) => ({ id: name, dependsOn, pointer: `/timeline/phases/${index}/dependsOn` })),
  };
}
