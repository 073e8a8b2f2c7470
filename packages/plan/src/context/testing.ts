import type { Context, Testing } from '@planwright/spec';

/** Where the tests are. What users do and must still work, only people know. */
export function testing(context: Context): Testing | undefined {
  const path = context.project?.testPath;
  return path ? { path } : undefined;
}
