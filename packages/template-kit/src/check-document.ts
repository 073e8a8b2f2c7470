import type { Issue } from '@planwright/spec';
import { documentChecks, type RenderedExample } from './check/checks.js';
import { hostileValues } from './check/hostile-values.js';

/**
 * What the conformance test finds wrong with the documents of one context; empty when they pass. Hostile values are left to the examples of
 * the template: they judge its sections, not this context.
 */
export async function checkDocument(example: RenderedExample): Promise<readonly Issue[]> {
  const issues: Issue[] = [];
  for (const { run } of documentChecks) if (run !== hostileValues) issues.push(...(await run(example)));
  return issues;
}
