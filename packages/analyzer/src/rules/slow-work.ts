import type { Lock, Operation } from '@planwright/spec';
import { operationLocks } from '../lock-facts/postgresql/index.js';
import { blocksWriters } from '../lock-facts/postgresql/lock-list.js';
import { tableText } from '../verdicts/statement-facts.js';
import type { RuleInput } from './rule.js';

/** A relation of before that an operation reads or writes in full while writers wait for it. */
export interface SlowWork {
  readonly relation: string;
  readonly mode: Lock['mode'];
  readonly held: 'scan' | 'rewrite';
  /** What had to be taken for granted; for a finding's `assumed`. */
  readonly assumed?: string[];
}

/** What the operation at hand makes writers wait for; nothing where it is brief, or where the tables are new or known to be empty. Told from the lock facts, as the verdict is. */
export function slowWork<Type extends Operation['type']>({ around, facts, operation, lock, target }: RuleInput<Type>): SlowWork | undefined {
  for (const { relation, mode: own, held } of operationLocks(around, operation) ?? []) {
    if (held === 'brief' || facts.made.has(relation) || target.stats.get(relation)?.rows === 0) continue;
    // Another part of the statement may hold the table more strongly than this one asks.
    const mode = lock?.locks.find((other) => other.relation === relation)?.mode ?? own;
    if (blocksWriters(mode)) return { relation, mode, held, ...assumedOf(around.tables, relation) };
  }
  return undefined;
}

function assumedOf(tables: Iterable<{ readonly schema?: string; readonly name: string }>, relation: string): Pick<SlowWork, 'assumed'> {
  for (const table of tables) if (tableText(table) === relation) return {};
  return { assumed: [unknownTable(relation)] };
}

/** What is taken for granted of a table that no earlier migration makes. */
export function unknownTable(relation: string): string {
  return `\`${relation}\` is there and has rows: no earlier migration makes it.`;
}
