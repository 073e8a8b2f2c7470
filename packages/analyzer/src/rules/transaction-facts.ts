import type { Lock, TransactionMode } from '@planwright/spec';
import { strongestLocks } from '../lock-facts/postgresql/lock-list.js';
import type { StatementAt } from './rule.js';

/** The transaction around a statement. */
export interface TransactionFacts {
  /** Whether the statement runs in a transaction with others, be it the framework's or one that the file begins. */
  readonly mode: TransactionMode;
  /** Locks on relations of before that earlier statements of the same transaction hold until COMMIT. */
  readonly held: readonly Lock[];
  /** Session settings in force that the migration itself has made: `lock_timeout` to `2s`. */
  readonly settings: ReadonlyMap<string, string>;
  /** Statements of the same transaction before it and after it. */
  readonly earlier: readonly StatementAt[];
  readonly later: readonly StatementAt[];
  /** Statements of the same migration before it and after it, whatever the transaction. */
  readonly before: readonly StatementAt[];
  readonly after: readonly StatementAt[];
}

/** Walks a migration's statements and tells each one's transaction. A file may begin and end transactions of its own. */
export function transactionsOf(statements: readonly StatementAt[], mode: TransactionMode): readonly TransactionFacts[] {
  const numbers: number[] = [];
  const open: boolean[] = [];
  const settings: ReadonlyMap<string, string>[] = [];
  let number = 0;
  let inside = mode === 'transactional';
  let session: ReadonlyMap<string, string> = new Map();
  let local: ReadonlyMap<string, string> = new Map();
  for (const { operations } of statements) {
    if (!inside) number += 1;
    numbers.push(number);
    open.push(inside);
    settings.push(new Map([...session, ...local]));
    for (const operation of operations) {
      if (operation.type === 'setSetting') {
        const changed = (map: ReadonlyMap<string, string>) => changedSetting(map, operation.name.toLowerCase(), operation.value);
        // SET LOCAL outside of a transaction does nothing.
        if (!operation.local) session = changed(session);
        if (inside || !operation.local) local = operation.local ? changed(local) : local;
      }
      if (operation.type !== 'controlTransaction') continue;
      if (operation.action === 'begin') inside = true;
      if (operation.action === 'commit' || operation.action === 'rollback') {
        inside = false;
        local = new Map();
      }
    }
    if (!inside) number += 1;
  }
  const groups = new Map<number, number[]>();
  for (const [index, group] of numbers.entries()) groups.set(group, [...(groups.get(group) ?? []), index]);
  return statements.map((_, index) => {
    const group = groups.get(numbers[index] ?? 0) ?? [index];
    const pick = (indexes: readonly number[]) => indexes.flatMap((at) => statements[at] ?? []);
    const earlier = pick(group.filter((at) => at < index));
    return {
      mode: open[index] || group.length > 1 ? 'transactional' : 'none',
      get held() {
        return strongestLocks(earlier.flatMap(({ verdicts }) => verdicts.lock?.locks ?? []));
      },
      settings: settings[index] ?? new Map(),
      earlier,
      get later() {
        return pick(group.filter((at) => at > index));
      },
      get before() {
        return statements.slice(0, index);
      },
      get after() {
        return statements.slice(index + 1);
      },
    };
  });
}

function changedSetting(settings: ReadonlyMap<string, string>, name: string, value: string | undefined): ReadonlyMap<string, string> {
  const changed = new Map(settings);
  if (name === 'all') changed.clear();
  else if (value === undefined) changed.delete(name);
  else changed.set(name, value);
  return changed;
}
