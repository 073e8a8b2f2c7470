import type { Issue, Operation } from '@planwright/spec';
import type { Draft } from '../draft/draft.js';

export type OperationType = Operation['type'];
export type OperationOf<T extends OperationType> = Extract<Operation, { readonly type: T }>;

/** Tells what contradicts the schema. The place of the statement is added by whoever knows it. */
export type Report = (code: string, message: string, hint?: string) => void;

/** Carries one operation into the draft. It never throws for what the operation says. */
export type Applier<T extends OperationType> = (draft: Draft, operation: OperationOf<T>, report: Report) => void;

/** Appliers of the operations named. */
export type Appliers<T extends OperationType> = { readonly [K in T]: Applier<K> };

/** An issue of the schema, without its place. */
export type PlacelessIssue = Pick<Issue, 'code' | 'message' | 'hint' | 'severity'>;

/** A name as messages print it. */
export function shownName(schema: string | undefined, name: string): string {
  return schema === undefined ? `\`${name}\`` : `\`${schema}.${name}\``;
}
