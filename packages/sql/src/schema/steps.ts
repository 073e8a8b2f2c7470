import type { Operation } from '@planwright/spec';

/** The stages of a change from one schema to another, in the order in which they run: what depends goes first and comes last. */
const stages = [
  'free sequences',
  'drop policies',
  'drop triggers',
  'drop views',
  'drop objects',
  'detach',
  'drop foreign keys',
  'drop constraints',
  'drop indexes',
  'drop tables',
  'drop defaults',
  'drop columns',
  'drop routines',
  'drop sequences',
  'rename rebuilt types',
  'create schemas',
  'create extensions',
  'create enums',
  'create domains',
  'create composite types',
  'create sequences',
  'create early routines',
  'create tables',
  'change types',
  'add columns',
  'set defaults',
  'drop not null',
  'set not null',
  'add keys',
  'create indexes',
  'attach',
  'add foreign keys',
  'own sequences',
  'drop composite types',
  'drop domains',
  'drop types',
  'create late routines',
  'create views',
  'create triggers',
  'create policies',
  'set options',
  'create objects',
  'comment',
  'drop extensions',
  'drop schemas',
] as const;

export type Stage = (typeof stages)[number];

/** Collects operations by stage. */
export class Steps {
  readonly #operations = new Map<Stage, Operation[]>();

  add(stage: Stage, ...operations: readonly Operation[]): void {
    const list = this.#operations.get(stage);
    if (list) list.push(...operations);
    else this.#operations.set(stage, [...operations]);
  }

  /** All of them in the order in which they run. */
  inOrder(): Operation[] {
    return stages.flatMap((stage) => this.#operations.get(stage) ?? []);
  }
}
