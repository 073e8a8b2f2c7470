import type { Operation, Phase, Reversibility, Verdicts } from '@planwright/spec';
import type { JudgedStatement } from '../judged-statement.js';
import type { On } from '../lock-facts/postgresql/surroundings.js';

/**
 * The stages of a safe sequence, in the order in which they run. Statements of one group, table and transaction mode share a migration, so that several
 * hazards on one table become one sequence and not several side by side.
 */
export const stages = [
  // expand: the new stands beside the old, and nobody notices
  { name: 'create', phase: 'expand', group: 'create' },
  { name: 'as written', phase: 'expand', group: 'as written' },
  { name: 'make types', phase: 'expand', group: 'prepare' },
  { name: 'add columns', phase: 'expand', group: 'prepare' },
  { name: 'defaults', phase: 'expand', group: 'prepare' },
  { name: 'sync', phase: 'expand', group: 'prepare' },
  { name: 'constraints not valid', phase: 'expand', group: 'prepare' },
  { name: 'prepare backfill', phase: 'expand', group: 'prepare' },
  // migrate: existing rows follow in batches; what is large is built and checked beside running code
  { name: 'sync for release', phase: 'migrate', group: 'sync' },
  { name: 'backfill', phase: 'migrate', group: 'backfill' },
  { name: 'rows after backfill', phase: 'migrate', group: 'rows after backfill' },
  { name: 'build index', phase: 'migrate', group: 'build index' },
  { name: 'constraints after backfill', phase: 'migrate', group: 'constraints' },
  { name: 'validate', phase: 'migrate', group: 'validate' },
  { name: 'prove', phase: 'migrate', group: 'prove' },
  { name: 'drop proof', phase: 'migrate', group: 'prove' },
  { name: 'use index', phase: 'migrate', group: 'prove' },
  { name: 'take over', phase: 'migrate', group: 'prove' },
  { name: 'drop helpers', phase: 'migrate', group: 'prove' },
  { name: 'follow', phase: 'migrate', group: 'follow' },
  // contract: what running releases must be ready for
  { name: 'backfill for release', phase: 'contract', group: 'backfill for release' },
  { name: 'as written for release', phase: 'contract', group: 'as written for release' },
  { name: 'build index for release', phase: 'contract', group: 'build index for release' },
  { name: 'constraints for release', phase: 'contract', group: 'constraints for release' },
  { name: 'validate for release', phase: 'contract', group: 'validate for release' },
  { name: 'require', phase: 'contract', group: 'require' },
  { name: 'drop required proof', phase: 'contract', group: 'require' },
  { name: 'drop helpers for release', phase: 'contract', group: 'require' },
  { name: 'use index for release', phase: 'contract', group: 'require' },
  { name: 'take over for release', phase: 'contract', group: 'require' },
  { name: 'drop views', phase: 'contract', group: 'require' },
  { name: 'swap', phase: 'contract', group: 'require' },
  { name: 'after swap', phase: 'contract', group: 'require' },
  { name: 'make views', phase: 'contract', group: 'require' },
  { name: 'follow for release', phase: 'contract', group: 'follow for release' },
  // cleanup: what nobody uses goes, and with it the way back
  { name: 'drop replaced', phase: 'cleanup', group: 'drop replaced' },
  { name: 'final names', phase: 'cleanup', group: 'drop replaced' },
  { name: 'rows after cleanup', phase: 'cleanup', group: 'rows after cleanup' },
  { name: 'drop old', phase: 'cleanup', group: 'drop old' },
] as const satisfies readonly { readonly name: string; readonly phase: Phase; readonly group: string }[];

export type Stage = (typeof stages)[number]['name'];

/** What running code must do, or the operator must have, before a contract or cleanup step. Phrases that follow "R1, which …": "gives `orders.note` a value". */
export interface Need {
  readonly release?: string;
  /** A condition of the gate: an archive, a query. */
  readonly condition?: string;
}

interface StepBase {
  readonly stage: Stage;
  /** Table that it locks. */
  readonly table?: On;
  /** Why this form and not the nearer one, one or two sentences: a comment above the SQL. */
  readonly why?: string;
  readonly need?: Need;
  /** Statements of the change, by their ids, that it stands for besides the one that it comes from. */
  readonly also?: readonly string[];
  /** Columns (`orders.customer_id`) and tables that hold nothing but copies and notes: nothing is lost with them. */
  readonly copies?: readonly string[];
}

/** One statement on the safe way to an operation's end. */
export interface StatementStep extends StepBase {
  readonly kind: 'statement';
  /** Without the final semicolon. It is read back by the grammar, which tells its operations and verdicts. */
  readonly sql: string;
  /** It runs in no transaction, and so alone in its file. */
  readonly alone?: string;
  /** What it does, where the grammar cannot tell: a CALL that fills rows in batches. */
  readonly operations?: readonly Operation[];
  /** What becomes of rows and of running code, where its operations cannot tell. */
  readonly verdicts?: Pick<Verdicts, 'data' | 'code'>;
  /** The way back, where the schemas before and after do not tell it. */
  readonly down?: string;
  readonly reversibility?: Reversibility;
}

/** A part of an ALTER TABLE: parts of one stage and table are one statement. */
export interface AlterStep extends StepBase {
  readonly kind: 'alter';
  readonly table: On;
  /** `ADD COLUMN note text`. */
  readonly action: string;
}

export type Step = StatementStep | AlterStep;

/** A step with the statement of the change that it stands for. */
export type PlacedStep = Step & { readonly from: readonly string[]; readonly rule?: string };

/** A statement of the change in its place. */
export interface WrittenStep {
  readonly kind: 'written';
  readonly judged: JudgedStatement;
  /** Place of its migration in the change. */
  readonly migration: number;
  readonly stage: 'as written' | 'rows after backfill' | 'follow' | 'as written for release' | 'follow for release' | 'rows after cleanup' | 'drop old';
  readonly need?: Step['need'];
  /** Statements of one part share a transaction: told apart, and in no order. */
  readonly part: string;
  /** It works on many rows, and so alone: no lock of another statement is held meanwhile. `ownColumns`: what it fills is new, so nothing is lost with it. */
  readonly alone?: { readonly ownColumns: boolean };
}
