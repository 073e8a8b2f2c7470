import type { Policy, Table, Trigger } from '@planwright/spec';
import type { Draft } from '../draft/draft.js';
import { mentions } from '../expression-names.js';

/** The policies and triggers of a table that do not read a column: what CASCADE leaves when the column goes. */
export function rulesWithout({ policies, triggers }: Table, column: string): Pick<Table, 'policies' | 'triggers'> {
  return {
    ...(policies ? { policies: policies.filter((policy) => !conditions(policy).some((condition) => mentions(condition, column))) } : {}),
    ...(triggers ? { triggers: triggers.filter((trigger) => !readsColumn(trigger, column)) } : {}),
  };
}

/** CASCADE: policies of other tables go when they read the table that goes, or its column. */
export function dropReadingPolicies(draft: Draft, gone: Pick<Table, 'schema' | 'name'>, column?: string): void {
  for (const table of draft.tablesWithPolicies()) {
    if (table.name === gone.name && table.schema === gone.schema) continue;
    const kept = (table.policies ?? []).filter(
      (policy) => !conditions(policy).some((condition) => mentions(condition, gone.name) && (column === undefined || mentions(condition, column))),
    );
    if (kept.length < (table.policies ?? []).length) draft.setTable({ ...table, policies: kept });
  }
}

function conditions({ using, withCheck }: Policy): readonly string[] {
  return [using, withCheck].flatMap((condition) => condition ?? []);
}

/** By `UPDATE OF` or in its WHEN condition. What its function reads is nobody's dependency. */
export function readsColumn({ definition }: Trigger, column: string): boolean {
  const events = /\bupdate\s+of\s+([\s\S]+?)\s+(?:or\s+(?:insert|delete|truncate|update)|on)\s/i.exec(definition)?.[1];
  const when = /\bwhen\s*\(([\s\S]*)\)\s*execute\s/i.exec(definition)?.[1];
  return [events, when].some((part) => part !== undefined && mentions(part, column));
}
