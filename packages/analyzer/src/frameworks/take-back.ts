import type { Command } from '@planwright/spec';
import type { PlannedRun } from './framework.js';

/**
 * For each migration of the plan the command that takes back it and what was applied after it, newest first.
 * @param command the command for the migrations that go, oldest first
 * @param counts it goes back by their number, not to the one before them
 */
export function takeBackAll(migrations: readonly PlannedRun[], command: (runs: readonly PlannedRun[]) => string, { counts = false } = {}): readonly Command[] {
  return migrations
    .map((run, index): Command => {
      const later = migrations.slice(index);
      const last = later.at(-1);
      return {
        purpose: 'rollback',
        scope: 'any',
        title: later.length === 1 || last === undefined ? `Take back ${run.id}` : `Take back ${last.id} to ${run.id}`,
        command: command(later),
        migration: run.id,
        ...(counts && { counts }),
        ...(run.previous !== undefined && { returnsTo: run.previous }),
      };
    })
    .toReversed();
}

/** The version in a framework's id: its leading digits; `0` where there is no migration before. */
export function versionOf(id: string | undefined): string {
  return id === undefined ? '0' : (/\d+/.exec(id)?.[0] ?? id);
}
