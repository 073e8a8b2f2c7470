import type { Operation, Phase, TransactionMode } from '@planwright/spec';
import type { On } from '../lock-facts/postgresql/surroundings.js';

/**
 * The stages of a safe sequence, in the order in which they run; each belongs to one phase. Steps of the same stage, table and transaction mode share a
 * migration, so that several hazards on one table become one sequence.
 */
export const stages = [
  // expand: the new stands beside the old, nobody notices
  { name: 'as written', phase: 'expand' },
  { name: 'create', phase: 'expand' },
  { name: 'add columns', phase: 'expand' },
  { name: 'sync', phase: 'expand' },
  { name: 'constraints not valid', phase: 'expand' },
  // migrate: existing rows follow, in batches; what is built concurrently
  { name: 'prepare backfill', phase: 'migrate' },
  { name: 'backfill', phase: 'migrate' },
  { name: 'index concurrently', phase: 'migrate' },
  { name: 'constraints after backfill', phase: 'migrate' },
  { name: 'validate', phase: 'migrate' },
  { name: 'use index', phase: 'migrate' },
  // contract: what running releases must be ready for
  { name: 'require', phase: 'contract' },
  { name: 'swap', phase: 'contract' },
  { name: 'stop sync', phase: 'contract' },
  // cleanup: what nobody uses goes, with it the way back
  { name: 'drop helpers', phase: 'cleanup' },
  { name: 'drop old', phase: 'cleanup' },
] as const satisfies readonly { readonly name: string; readonly phase: Phase }[];

export type Stage = (typeof stages)[number]['name'];

/** A deploy or a wait that must have happened before a step. Steps that ask for the same gate wait for it together. */
export interface GateNeed {
  readonly kind: /** Every running release copes with the new shape: reads it, gives the column a value, keeps the rule. */
    | 'release fits new'
    /** No release reads or writes the old object any more. */
    | 'nobody uses old'
    /** Time on the new release, and an archive where data goes. */
    | 'wait';
  /** What the release must do or the operator must have, as a phrase: "reads orders.customer_id". Several steps' phrases are listed. */
  readonly demand: string;
}

/** One statement on the safe way to an operation's end. */
export interface Step {
  readonly stage: Stage;
  /** Table that it locks; steps on one table share migrations. */
  readonly table: On | undefined;
  /** Without the final semicolon. It is read back by the grammar, which tells its operations and verdicts. */
  readonly sql: string;
  readonly transaction: TransactionMode;
  /** Why this form and not the nearer one, one or two sentences: a comment above the SQL. */
  readonly why?: string;
  /** Rule whose hazard it avoids. */
  readonly rule?: string;
  /** What it does, where the grammar cannot tell: a CALL that fills rows in batches. */
  readonly operations?: readonly Operation[];
  /** The way back, where the schemas before and after do not tell it. */
  readonly down?: string;
  readonly gate?: GateNeed;
}
