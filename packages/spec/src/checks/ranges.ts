import type { Context, Issue } from '../generated/types.js';
import { pointerTo } from '../pointer.js';

/** A range of durations or efforts begins with its smaller bound, wherever in the context it stands. */
export function checkRanges(context: Context): readonly Issue[] {
  const issues: Issue[] = [];
  visit(context, '', (pointer, { min, max }) => {
    if (min > max) {
      issues.push({
        code: 'range-order',
        message: `found a range from ${min} to ${max} at ${pointer}: expected the smaller bound first`,
        pointer,
        hint: `Write min: ${max}, max: ${min}.`,
      });
    }
  });
  return issues;
}

function visit(value: unknown, pointer: string, found: (pointer: string, range: { readonly min: number; readonly max: number }) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if ('min' in value && 'max' in value && typeof value.min === 'number' && typeof value.max === 'number') found(pointer, { min: value.min, max: value.max });
  for (const [key, item] of Object.entries(value)) visit(item, pointer + pointerTo(key), found);
}
