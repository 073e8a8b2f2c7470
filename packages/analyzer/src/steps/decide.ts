import type { Operation, Verdicts } from '@planwright/spec';
import { Surroundings } from '../lock-facts/postgresql/surroundings.js';
import { columnText, madeBy, onTableText, type StatementFacts } from '../verdicts/statement-facts.js';
import { verdictsOf } from '../verdicts/verdicts.js';
import { viewReads } from '../view-reads.js';
import { type Answer, type Asked, columnIn, tableIn, tableOn } from './asked.js';
import { codeApart } from './code-apart.js';
import { defaultGone } from './given-later.js';
import { keyOfConstraint, keyOfIndex, keysDropped } from './keys-between.js';
import { givesLate } from './late-fills.js';
import type { PlacedStatement, SchemasAround } from './placed-statement.js';
import { isHarmless, plainForm } from './plain-form.js';
import { interimName } from './postgresql/replaced-column.js';
import { quickReason } from './quick.js';
import { answerTo } from './recipes.js';
import { comesWithColumn, type RetypedColumns } from './retyped-columns.js';
import type { Staying } from './staying.js';
import type { Step } from './step.js';
import type { Successions } from './succession.js';
import type { LeftToTables, TableWorks } from './table-works.js';
import type { WholeChange } from './whole-change.js';
import type { Wishes } from './wishes.js';

/** What becomes of a statement with findings: steps stand for it, or it stays as written, with the reason. */
export type Decision = (LeftToTables & { readonly steps: readonly Step[] }) | { readonly kept: string };

/** What a decision rests on besides the statement. */
export interface Grounds {
  readonly change: WholeChange;
  readonly wishes: Wishes;
  readonly staying: Staying;
  readonly retyped: RetypedColumns;
  /** Constraints that stay until what comes in their place stands. */
  readonly left: Successions;
  /** What statements before it have left to the work of tables. */
  readonly works: TableWorks;
  /** Whether an operation takes a name that a statement gives up which waits for a release, or is about a constraint that one makes. */
  readonly isBehindLate: (operation: Operation) => boolean;
}

/** Looks for another way to the end of a statement: each of its operations has to have one. */
export function decide(statement: PlacedStatement, schemas: SchemasAround, grounds: Grounds): Decision {
  const kept = keptWhole(statement, grounds);
  if (kept !== undefined) return { kept };
  const drops = grounds.change.given.drops.get(statement) ?? [];
  const steps: Step[] = [];
  const mirrors: LeftToTables['mirrors'][number][] = [];
  const fills: LeftToTables['fills'][number][] = [];
  for (const operation of proofsLast(statement.operations)) {
    if (comesWithColumn(operation, grounds.retyped.columns) || grounds.left.isLeft(operation)) continue;
    const answer = formOf(operation, statement, schemas, grounds);
    if ('kept' in answer) return answer;
    const { steps: gone, also } = defaultGone(drops, operation, schemas.before);
    steps.push(...gone, ...(also.length === 0 ? answer.steps : answer.steps.map((step) => ({ ...step, also: [...(step.also ?? []), ...also] }))));
    const on = tableOn(operation);
    if (!on) continue;
    for (const mirror of answer.mirrors ?? []) mirrors.push({ on, mirror });
    for (const fill of answer.fills ?? []) {
      const against = grounds.works.against(operation, on, fill, schemas);
      if (against !== undefined) return { kept: against };
      fills.push({ on, fill });
    }
  }
  return { steps, mirrors, fills };
}

/** Why no operation of a statement takes another way. */
function keptWhole(statement: PlacedStatement, { change, wishes }: Grounds): string | undefined {
  const { operations, findings } = statement;
  if (wishes.zeroDowntime === false) return 'a maintenance window is allowed';
  if (change.session) return 'the change sets its session up by itself, and steps in other files would run without that';
  // However quick, rows of a column that must be given a value are filled behind the release that gives it.
  const quick = operations.some((one) => givesLate(one, change.toGive)) ? undefined : quickReason(statement, wishes);
  if (quick !== undefined) return quick;
  const drops = operations.flatMap((one) => (one.type === 'dropDefault' ? [one.column] : []));
  if (operations.some((one) => one.type === 'setIdentity' && one.identity === 'always' && drops.includes(one.column)))
    return 'the column takes its identity in the moment in which its default goes';
  if (findings.every(({ verdict }) => verdict === 'data') && operations.every(({ type }) => type === 'createView' || type === 'createRoutine'))
    return 'PostgreSQL refuses it as it stands, whenever it runs';
  return undefined;
}

/** SET NOT NULL before the constraints that go in the same statement: PostgreSQL drops them first, and with them what proves it without a scan. */
function proofsLast(operations: readonly Operation[]): readonly Operation[] {
  if (!operations.some(({ type }) => type === 'setNotNull')) return operations;
  const comes = new Set(operations.flatMap((operation) => (operation.type === 'addConstraint' ? [operation.constraint.name] : [])));
  const waits = (operation: Operation): boolean => operation.type === 'dropConstraint' && !comes.has(operation.name);
  return [...operations.filter((operation) => !waits(operation)), ...operations.filter(waits)];
}

/** The form that one operation of a statement gets. */
function formOf(one: Operation, statement: PlacedStatement, schemas: SchemasAround, grounds: Grounds): Answer {
  const { change, wishes, retyped, works } = grounds;
  const inTheWay = keptAlone(one, schemas, grounds);
  if (inTheWay !== undefined) return { kept: inTheWay };
  const retyping = one.type === 'alterColumnType' ? retyped.retyping(one, schemas) : undefined;
  const { operation, before, after } = retyping ?? { operation: one, ...schemas };
  const { facts: known, statement: asWritten } = statement.judged;
  // What the same statement makes, no running release knows.
  const facts: StatementFacts = { ...known, operations: [one], made: new Set([...known.made, ...madeBy(statement.operations)]) };
  const around = new Surroundings(facts, asWritten.sql ?? '');
  const verdicts = verdictsOf(around);
  const breaks = codeApart(facts, verdicts.code)?.breaksOld === true;
  const answer =
    isHarmless(verdicts, operation) && !breaks
      ? plainForm(operation, schemas.before)
      : answerTo({
          operation,
          facts,
          around,
          before,
          after,
          version: wishes.version,
          breaks: breaks || grounds.isBehindLate(one),
          refused: retyping?.keepsLabels ? undefined : refusedBy(verdicts, operation),
          interim: (on, column) => works.interim(on, column),
          replacement: (on, column) => (retyped.columns.has(`${onTableText(on)}.${column}`) ? interimName(column) : undefined),
          isNewColumn: (on, column) => columnIn(change.before, on, column) === undefined,
          isRequired: (on, column) => change.required.has(`${onTableText(on)}.${column}`),
          left: grounds.left.leftTo(statement.id, one),
          viewsRemade: change.given.remade.has(statement),
          isTaken: (on, constraint) => tableIn(change.before, on)?.constraints?.some(({ name }) => name === constraint) === true,
        });
  return answer ?? { kept: `no other form of it is known (\`${operation.type}\`)` };
}

/** What stands in the way of an operation, whatever its form: other statements of the change need it where it is, or its table stays as written. */
function keptAlone(operation: Operation, { before }: SchemasAround, { change, staying }: Grounds): string | undefined {
  if (operation.type === 'dropIndex' && staying.dropped.has(operation.name)) return 'a later statement makes another index of that name';
  const view = operation.type === 'dropView' ? before.views?.find(({ name }) => name === operation.name) : undefined;
  if (view && change.renamed.some(([table, column]) => viewReads(view, table, column)))
    return 'another statement of the change renames a column that the view reads, and it would come back with the old name';
  const freed = keysDropped(operation, before).find((name) => change.toFree.has(name));
  if (freed !== undefined) return `a later statement needs \`${freed}\` without foreign keys that point at it`;
  const key =
    operation.type === 'dropIndex' ? keyOfIndex(before, operation.name) : operation.type === 'dropConstraint' ? keyOfConstraint(before, operation) : undefined;
  if (key !== undefined && change.pointedAt.has(key)) return 'a foreign key of the change would rest on this index until it goes';
  const on = tableOn(operation);
  return on && staying.tables.get(onTableText(on));
}

/** The values that an operation fails on. */
function refusedBy({ data }: Verdicts, operation: Operation): Asked['refused'] {
  if (data?.reason === undefined || data.outcome === 'safe') return undefined;
  const query = data.sql === undefined ? {} : { query: data.sql };
  if (data.outcome === 'may fail') return { reason: data.reason, ...query };
  // What is rounded may still be too great.
  const [, code] = /, and one that is too great fails with (\w{5})\.$/.exec(data.reason) ?? [];
  if (operation.type !== 'alterColumnType' || code === undefined) return undefined;
  return { reason: `Fails with ${code} when a value of \`${columnText(operation)}\` is too great for ${operation.to}.`, ...query };
}
