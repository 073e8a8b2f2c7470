import type { Finding, LockVerdict, Operation, TableFacts, Verdicts } from '@planwright/spec';
import type { Surroundings } from '../lock-facts/postgresql/surroundings.js';
import type { StatementFacts } from '../verdicts/statement-facts.js';
import type { Change } from './change.js';
import type { TransactionFacts } from './transaction-facts.js';

/** A statement of the change where it stands. */
export interface StatementAt {
  /** Id in the context: `s3`. */
  readonly id: string;
  readonly sql: string;
  readonly operations: readonly Operation[];
  readonly verdicts: Verdicts;
  readonly facts: StatementFacts;
  readonly around: Surroundings;
  /** Id of its migration. */
  readonly migration: string;
  /** Its place among the statements of the change, from 0. */
  readonly place: number;
}

/** What the database is, and how large. */
export interface TargetFacts {
  /** Major version of PostgreSQL: 12 to 18. */
  readonly version: number;
  /** Whether the version was given or is the default. */
  readonly assumed: boolean;
  /** What is known of a table's size, by its name as verdicts spell it. */
  readonly stats: ReadonlyMap<string, TableFacts>;
}

/** What a rule sees: parsed values, and no text but that of the statement. */
export interface RuleInput<Type extends Operation['type'] = Operation['type']> {
  /** The operation at hand. A rule about whole statements is asked at each statement's first operation. */
  readonly operation: Extract<Operation, { readonly type: Type }>;
  readonly statement: StatementAt;
  /** The schema before and after the statement, what the change has made so far, and the tables around. */
  readonly facts: StatementFacts;
  readonly around: Surroundings;
  /** What the statement locks; absent when it is not known. */
  readonly lock: LockVerdict | undefined;
  readonly transaction: TransactionFacts;
  /** The whole change. */
  readonly change: Change;
  readonly target: TargetFacts;
}

/** A hazard as a rule reports it. */
export interface Found extends Pick<Finding, 'message' | 'hint' | 'relation' | 'query' | 'assumed'> {
  /** Where it differs from the rule's own verdict. */
  readonly verdict?: Finding['verdict'];
}

/** `rule.ts` of a folder `rules/<database>/<id>/`: finds one kind of hazard. Its page, SARIF entry and `explain` text are made from it. */
export interface Rule<Type extends Operation['type'] = Operation['type']> {
  /** Which verdict is a danger. `advice` is house style: off unless asked for, and never a danger. */
  readonly verdict: Finding['verdict'];
  /** What is wrong, one line without a final point: "SET NOT NULL scans the table under ACCESS EXCLUSIVE". */
  readonly title: string;
  /** Why it is dangerous, and when it is not: one to three paragraphs of Markdown. */
  readonly why: string;
  /** What to do instead, one paragraph of Markdown. */
  readonly instead: string;
  /** Pages of the manual that it rests on. */
  readonly sources: readonly string[];
  /** Kinds of operations that it is asked about, or `statement`: once for each statement. */
  readonly on: readonly Type[] | 'statement';
  /** What is dangerous about the operation at hand; nothing when it is harmless. */
  readonly find: (input: RuleInput<Type>) => Found | undefined;
}

/** A rule of the registry, with the id that its folder gives it. */
export interface KnownRule extends Rule {
  readonly id: string;
  readonly database: 'postgresql';
}

/** Types a rule by the operations that it is asked about. */
export function rule<const Type extends Operation['type']>(definition: Rule<Type>): Rule {
  // `on` lists the kinds that `find` takes, and it is asked about no others.
  return definition as unknown as Rule;
}
