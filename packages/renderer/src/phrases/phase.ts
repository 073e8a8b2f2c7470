import type { PlannedMigration } from '@planwright/spec';

const order = ['expand', 'migrate', 'contract', 'cleanup'] as const;

/** "Phase 1: Expand". */
export function phase(value: NonNullable<PlannedMigration['phase']>): string {
  return `Phase ${order.indexOf(value) + 1}: ${value.charAt(0).toUpperCase()}${value.slice(1)}`;
}
