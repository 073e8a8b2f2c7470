import type { Finding, Operation } from '@planwright/spec';
import { rules } from '../generated/rules.js';
import { Surroundings } from '../lock-facts/postgresql/surroundings.js';
import type { KnownRule, RuleInput, StatementAt, TargetFacts } from './rule.js';
import { type TransactionFacts, transactionsOf } from './transaction-facts.js';

/** Where a rule has its page. */
export function ruleDocs({ database, id }: Pick<KnownRule, 'database' | 'id'>): string {
  return `https://planwright.dev/rules/${database}/${id}`;
}

// Rules by what they are asked about, so that one more rule costs nothing where its operations do not occur.
const byOperation = new Map<Operation['type'], KnownRule[]>();
const ofStatements: KnownRule[] = [];
for (const known of rules) {
  if (known.on === 'statement') ofStatements.push(known);
  else for (const type of known.on) byOperation.set(type, [...(byOperation.get(type) ?? []), known]);
}

/** Statements of one migration of a change, with how it runs. */
export interface MigrationAt {
  readonly statements: readonly StatementAt[];
  readonly transaction: TransactionFacts['mode'];
}

/** What rules find in each statement of a change, by statement id. House style is looked for only when it is asked for. */
export function findHazards(
  migrations: readonly MigrationAt[],
  target: TargetFacts,
  { advice = false }: { readonly advice?: boolean } = {},
): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, readonly Finding[]>();
  const change = migrations.flatMap(({ statements }) => statements);
  for (const { statements, transaction } of migrations) {
    const transactions = transactionsOf(statements, transaction);
    for (const [index, statement] of statements.entries()) {
      const around = transactions[index];
      if (!around) continue;
      const findings = findingsOf(statement, around, change, target, advice);
      if (findings.length > 0) found.set(statement.id, findings);
    }
  }
  return found;
}

function findingsOf(
  statement: StatementAt,
  transaction: TransactionFacts,
  change: readonly StatementAt[],
  target: TargetFacts,
  advice: boolean,
): readonly Finding[] {
  const [first] = statement.operations;
  if (!first) return [];
  let around: Surroundings | undefined;
  const input = (operation: Operation): RuleInput => ({
    operation,
    statement,
    facts: statement.facts,
    get around() {
      around ??= new Surroundings(statement.facts, statement.sql);
      return around;
    },
    lock: statement.verdicts.lock,
    transaction,
    change,
    target,
  });
  const findings: Finding[] = [];
  const ask = (known: KnownRule, at: RuleInput): void => {
    if (known.verdict === 'advice' && !advice) return;
    const hazard = known.find(at);
    if (!hazard) return;
    // The same said of two operations of a statement is one finding.
    if (findings.some(({ rule, message }) => rule === known.id && message === hazard.message)) return;
    findings.push({ rule: known.id, verdict: hazard.verdict ?? known.verdict, ...hazard, hint: hazard.hint ?? known.instead, docs: ruleDocs(known) });
  };
  for (const operation of statement.operations) {
    const asked = byOperation.get(operation.type);
    if (!asked) continue;
    const at = input(operation);
    for (const known of asked) ask(known, at);
  }
  for (const known of ofStatements) ask(known, input(first));
  return findings;
}
