import type { Finding, LockVerdict, Operation } from '@planwright/spec';
import { rules } from '../generated/rules.js';
import type { Surroundings } from '../lock-facts/postgresql/surroundings.js';
import type { StatementFacts } from '../verdicts/statement-facts.js';
import { Change } from './change.js';
import type { KnownRule, RuleInput, StatementAt, TargetFacts } from './rule.js';
import { type TransactionFacts, transactionsOf } from './transaction-facts.js';

/** Where a rule has its page. */
export function ruleDocs({ database, id }: Pick<KnownRule, 'database' | 'id'>): string {
  return `https://planwright.dev/rules/${database}/${id}`;
}

/** Rules by what they are asked about, so that one more rule costs nothing where its operations do not occur. */
interface Asked {
  readonly byOperation: ReadonlyMap<Operation['type'], readonly KnownRule[]>;
  readonly ofStatements: readonly KnownRule[];
}

function asked(wanted: readonly KnownRule[]): Asked {
  const byOperation = new Map<Operation['type'], KnownRule[]>();
  const ofStatements: KnownRule[] = [];
  for (const known of wanted) {
    if (known.on === 'statement') ofStatements.push(known);
    else for (const type of known.on) byOperation.set(type, [...(byOperation.get(type) ?? []), known]);
  }
  return { byOperation, ofStatements };
}

const withAdvice = asked(rules);
const withoutAdvice = asked(rules.filter(({ verdict }) => verdict !== 'advice'));

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
  let found: Map<string, readonly Finding[]> | undefined;
  const [only] = migrations;
  const change = new Change(migrations.length === 1 && only ? only.statements : migrations.flatMap(({ statements }) => statements));
  const which = advice ? withAdvice : withoutAdvice;
  for (const { statements, transaction } of migrations) {
    const transactions = transactionsOf(statements, transaction);
    statements.forEach((statement, index) => {
      const around = transactions[index];
      const findings = around ? findingsOf(statement, around, change, target, which) : none;
      if (findings.length === 0) return;
      found ??= new Map();
      found.set(statement.id, findings);
    });
  }
  return found ?? nothingFound;
}

/** What the rules see of a statement, operation by operation: one object a statement, because most rules look at it and find nothing. */
class AtStatement implements RuleInput {
  readonly facts: StatementFacts;
  readonly around: Surroundings;
  readonly lock: LockVerdict | undefined;

  constructor(
    public operation: Operation,
    readonly statement: StatementAt,
    readonly transaction: TransactionFacts,
    readonly change: Change,
    readonly target: TargetFacts,
  ) {
    this.facts = statement.facts;
    this.around = statement.around;
    this.lock = statement.verdicts.lock;
  }
}

const none: readonly Finding[] = [];
const nothingFound: ReadonlyMap<string, readonly Finding[]> = new Map();

function findingsOf(
  statement: StatementAt,
  transaction: TransactionFacts,
  change: Change,
  target: TargetFacts,
  { byOperation, ofStatements }: Asked,
): readonly Finding[] {
  const [first] = statement.operations;
  if (!first) return none;
  const at = new AtStatement(first, statement, transaction, change, target);
  let findings = none;
  for (const operation of statement.operations) {
    const known = byOperation.get(operation.type);
    if (!known) continue;
    at.operation = operation;
    for (const one of known) findings = withFound(findings, one, at);
  }
  at.operation = first;
  for (const known of ofStatements) findings = withFound(findings, known, at);
  return findings;
}

/** The findings with what one more rule finds. The same said of two operations of a statement is one finding. */
function withFound(findings: readonly Finding[], known: KnownRule, at: RuleInput): readonly Finding[] {
  const hazard = known.find(at);
  if (!hazard || findings.some(({ rule, message }) => rule === known.id && message === hazard.message)) return findings;
  const { verdict = known.verdict, message, hint = known.instead, relation, query, assumed } = hazard;
  // Written out and not spread: see `merged`.
  const finding: Finding = { rule: known.id, verdict, message, hint, docs: ruleDocs(known) };
  if (relation !== undefined) finding.relation = relation;
  if (query !== undefined) finding.query = query;
  if (assumed !== undefined) finding.assumed = assumed;
  return findings.length === 0 ? [finding] : findings.concat(finding);
}
