import type { ForeignKey, Lock, Operation } from '@planwright/spec';
import { onTableText } from '../../verdicts/statement-facts.js';
import type { On, Surroundings } from './surroundings.js';
import { lock } from './surroundings.js';

/** Locks of the operations on rows; nothing for all others. Which partitions and which other tables are touched depends on the rows: the most is told. */
export function rowLocks(around: Surroundings, operation: Operation): readonly Lock[] | undefined {
  switch (operation.type) {
    case 'insertRows':
      return [...around.partner(operation, 'ROW EXCLUSIVE'), ...lookups(around, operation, operation.columns)];
    case 'mergeRows':
      return [...around.partner(operation, 'ROW EXCLUSIVE'), ...lookups(around, operation)];
    case 'updateRows': {
      const set = (operation.columns ?? []).filter((column) => operation.set?.[column]?.toLowerCase() !== 'null');
      return [
        ...around.spread(operation, 'ROW EXCLUSIVE', 'scan'),
        ...around.keysOf(operation).flatMap((key) => (key.columns.some((column) => set.includes(column)) ? [lock(key.references, 'ROW SHARE')] : [])),
        ...around
          .referencesTo(operation)
          .flatMap(({ from, key }) =>
            key.references.columns?.some((column) => operation.columns?.includes(column))
              ? [lock(from, follows(key.onUpdate) ? 'ROW EXCLUSIVE' : 'ROW SHARE')]
              : [],
          ),
      ];
    }
    case 'deleteRows':
      return [...around.spread(operation, 'ROW EXCLUSIVE', 'scan'), ...followed(around, operation, new Set([onTableText(operation)]))];
    case 'truncateTable':
      return truncated(around, operation, operation.cascade === true).map((on) => lock(on, 'ACCESS EXCLUSIVE'));
    default:
      return undefined;
  }
}

/** Rows at the other end of the foreign keys are locked as they are looked up; a key with a column that is left NULL looks up nothing. */
function lookups(around: Surroundings, on: On, columns?: readonly string[]): readonly Lock[] {
  const table = around.table(on);
  const filled = (name: string): boolean =>
    columns === undefined || columns.includes(name) || table?.columns.find((column) => column.name === name)?.default !== undefined;
  return around.keysOf(on).flatMap((key) => (key.columns.every(filled) ? [lock(key.references, 'ROW SHARE')] : []));
}

function follows(action: ForeignKey['onDelete']): boolean {
  return action === 'cascade' || action === 'set null' || action === 'set default';
}

/** Tables whose rows go, change or are looked at when rows go that they reference. */
function followed(around: Surroundings, on: On, seen: Set<string>): readonly Lock[] {
  return around.referencesTo(on).flatMap(({ from, key }) => {
    if (!follows(key.onDelete)) return [lock(from, 'ROW SHARE')];
    const name = onTableText(from);
    const known = seen.has(name);
    seen.add(name);
    return [lock(from, 'ROW EXCLUSIVE'), ...(key.onDelete === 'cascade' && !known ? followed(around, from, seen) : [])];
  });
}

/** The tables that TRUNCATE empties. */
function truncated(around: Surroundings, on: On, cascade: boolean): readonly On[] {
  const found = new Map<string, On>(around.family(on, true).map((member) => [onTableText(member), member]));
  if (cascade)
    for (const each of found.values())
      for (const { from } of around.referencesTo(each)) for (const member of around.family(from, true)) found.set(onTableText(member), member);
  return [...found.values()];
}
