import type { Snapshot } from '@planwright/spec';
import type { JudgedMigration } from '../judged-migration.js';
import { onTableText } from '../verdicts/statement-facts.js';
import { AsWritten } from './as-written.js';
import { tableOn } from './asked.js';
import { behindSync } from './behind-sync.js';
import { decide, type Grounds } from './decide.js';
import { findSuccessions } from './find-successions.js';
import { finishTables } from './finish-tables.js';
import { givesLate } from './late-fills.js';
import { longApart } from './long-apart.js';
import { notedLast } from './noted-last.js';
import { type PlacedStatement, withSchemas } from './placed-statement.js';
import { quickReason } from './quick.js';
import { remadeView } from './remade-view.js';
import { retypedColumns } from './retyped-columns.js';
import { RowOrder } from './row-order.js';
import type { SearchPaths } from './search-path.js';
import { type Again, nothingStays, type Staying, stayingWith } from './staying.js';
import type { PlacedStep, WrittenStep } from './step.js';
import { Successions } from './succession.js';
import { TableWorks } from './table-works.js';
import { type WholeChange, wholeChange } from './whole-change.js';
import type { Wishes } from './wishes.js';

/** What became of a change: its statements as written, and the steps that replace others. */
export interface Chosen {
  readonly steps: readonly (PlacedStep | WrittenStep)[];
  /** Why statements with findings stay as written, by their ids. */
  readonly kept: ReadonlyMap<string, string>;
  readonly replaced: ReadonlySet<string>;
  /** Statements that stay as written, in a transaction of their own. */
  readonly alone: ReadonlySet<string>;
  /** Tables on which everything happens at once, since they are small. */
  readonly small: ReadonlySet<string>;
  /** What sets the search path of the migrations of the change: it is said again where statements stay as written. */
  readonly paths: SearchPaths;
}

/**
 * Decides statement by statement. `avoid` holds tables whose statements stay as written, with the reason. A decision rests on those before it; where one turns
 * out later not to hold, what it is about stays as written, and all are made once more.
 */
export function chooseSteps(migrations: readonly JudgedMigration[], before: Snapshot, wishes: Wishes, avoid: ReadonlyMap<string, string>): Chosen {
  const change = wholeChange(migrations, before);
  let staying: Staying = { ...nothingStays, tables: avoid };
  for (;;) {
    const answer = attempt(change, wishes, staying);
    if (!('again' in answer)) return answer;
    staying = stayingWith(staying, answer.again);
  }
}

/** Goes through the statements once, and then through the tables that they leave work to. */
function attempt(change: WholeChange, wishes: Wishes, staying: Staying): Chosen | Again {
  const retyped = retypedColumns(change, wishes, staying);
  if ('again' in retyped) return retyped;
  const rows = new RowOrder();
  const asWritten = new AsWritten(change, wishes, rows);
  const works = new TableWorks(change, wishes, rows);
  const found = findSuccessions(change.statements, change.before, (statement) => takesAnotherWay(statement, change, wishes, staying));
  const left = new Successions(found.filter(({ name }) => !staying.dropped.has(name)));
  const grounds: Grounds = { change, wishes, staying, retyped, left, works, isBehindLate: (operation) => asWritten.isBehindLate(operation) };
  const steps: (PlacedStep | WrittenStep)[] = [];
  /** What drops a default until a later statement gives one again, and what becomes of it with that one. */
  const dropped = new Map<PlacedStatement, WrittenStep>();
  const instead = new Map<PlacedStep | WrittenStep, readonly (PlacedStep | WrittenStep)[]>();
  const kept = new Map<string, string>();
  const replaced = new Set<string>();
  let end = change.before;

  for (const [statement, schemas] of withSchemas(change.statements, change.before)) {
    const { id, findings } = statement;
    end = schemas.after;
    if (!change.session && (isFrame(statement) || change.paths.get(statement.migration) === statement)) continue;
    // What hangs on a column that another one replaces has been decided with it.
    const others = retyped.standsFor(statement);
    if (others) {
      replaced.add(id);
      steps.push(...others);
      continue;
    }
    const together = (change.given.drops.get(statement) ?? []).map((drop) => drop.statement);
    const taken = asWritten.indexTaken(statement);
    if (taken !== undefined) return { again: { dropped: new Set([taken]) } };
    // What only gets another name goes with what it is on, wherever that goes.
    const renames = left.onlyRenames(statement);
    const waiting = renames ? undefined : asWritten.whyWaiting(statement);
    const reason = retyped.apart.get(id) ?? (renames ? undefined : asWritten.whyNoSteps(statement)) ?? waiting;
    const made = reason === undefined ? change.given.makers.get(statement) : undefined;
    if (made && replaced.has(made.drop.id)) {
      replaced.add(id);
      steps.push(...remadeView(statement, made).map((step): PlacedStep => ({ ...step, from: [id, ...(step.also ?? [])] })));
      asWritten.goesBySteps(statement, [], left);
      continue;
    }
    const asks = findings.length > 0 || left.concerns(id) || change.given.keys.has(id);
    const decision = !asks ? undefined : reason === undefined ? decide(statement, schemas, grounds) : { kept: reason };
    if (decision && !('kept' in decision)) {
      const [finding] = findings;
      replaced.add(id);
      for (const drop of together) {
        const own = dropped.get(drop);
        if (own) instead.set(own, []);
        replaced.add(drop.id);
      }
      steps.push(...decision.steps.map((step): PlacedStep => ({ ...step, from: [id, ...(step.also ?? [])], ...(finding && { rule: finding.rule }) })));
      works.goesBySteps(statement, decision, schemas);
      asWritten.goesBySteps(statement, decision.steps, left);
      continue;
    }
    if (decision) kept.set(id, decision.kept);
    const last = works.waitsForCleanup(statement);
    const step = asWritten.step(statement, {
      waits:
        waiting !== undefined || retyped.waiting.has(id) || statement.operations.some((one) => givesLate(one, change.toGive) || asWritten.isBehindLate(one)),
      last,
      behindSteps: replaced.size > 0,
    });
    for (const drop of together) {
      const own = dropped.get(drop);
      if (own && step.stage !== own.stage) instead.set(own, [{ ...own, part: step.part, stage: step.stage }]);
    }
    if (change.given.held.has(statement)) dropped.set(statement, step);
    steps.push(step);
  }

  const again = works.again(retyped.columns);
  if (again) return again;
  const failed = left.failed(replaced);
  if (failed.length > 0) return { again: { dropped: new Set(failed) } };
  const all = finishTables(
    steps.flatMap((step) => instead.get(step) ?? [step]),
    works.planned(),
    change,
    end,
    wishes.pace,
  );
  if ('again' in all) return all;
  const alone = new Set(steps.flatMap((step) => (step.kind === 'written' && step.alone ? [step.judged.statement.id ?? ''] : [])));
  if (replaced.size > 0)
    return { steps: notedLast(behindSync(longApart(all, wishes), works.small)), kept, replaced, alone, small: works.small, paths: change.paths };
  // Where nothing takes another way, nothing waits: what stays as written stays in its order. What no release survives is over sooner in one transaction.
  const breaks = change.statements.some(({ judged }) => judged.statement.verdicts?.code?.breaksOld);
  return { steps: all.map(inOrder), kept, replaced, alone: breaks ? new Set() : alone, small: works.small, paths: change.paths };
}

/** Whether steps may stand for a statement that asks for another way, as far as can be told before it is decided. */
function takesAnotherWay(statement: PlacedStatement, change: WholeChange, wishes: Wishes, staying: Staying): boolean {
  if (wishes.zeroDowntime === false || change.session || quickReason(statement, wishes) !== undefined) return false;
  return !statement.operations.some((operation) => {
    const on = tableOn(operation);
    return on && staying.tables.has(onTableText(on));
  });
}

/** Each planned migration is a transaction of its own. */
function isFrame({ operations }: PlacedStatement): boolean {
  return operations.length > 0 && operations.every(({ type }) => type === 'controlTransaction');
}

function inOrder(step: PlacedStep | WrittenStep): PlacedStep | WrittenStep {
  if (step.kind !== 'written') return step;
  const { need: _, ...rest } = step;
  return { ...rest, stage: 'as written' };
}
