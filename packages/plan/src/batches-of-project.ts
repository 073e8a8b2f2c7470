import type { Project } from '@planwright/spec';

/** Batches as the project is used to them. */
export function paceOf({ batchSize, pause }: Pick<NonNullable<Project['conventions']>, 'batchSize' | 'pause'>): {
  readonly batchSize?: number;
  readonly pause?: number;
} {
  return { ...(batchSize !== undefined && { batchSize }), ...(pause !== undefined && { pause }) };
}
