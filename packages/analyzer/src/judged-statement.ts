import type { Operation, Snapshot, Statement, TransactionMode } from '@planwright/spec';
import { AgainLog } from './given-again.js';
import { type GoneConstraints, GoneLog, noneGone } from './gone-constraints.js';
import { Surroundings } from './lock-facts/postgresql/surroundings.js';
import { MadeLog } from './made-names.js';
import type { ReadStatement } from './read-script.js';
import type { Remark } from './remarks.js';
import { constraintDropped, leavesRows } from './verdicts/postgresql/kept-already.js';
import { madeBy, type StatementFacts, tableBefore } from './verdicts/statement-facts.js';
import { verdictsOf } from './verdicts/verdicts.js';

/** A statement of the change with the schema around it. */
export interface JudgedStatement {
  readonly statement: Statement;
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** What its verdicts rest on. */
  readonly facts: StatementFacts;
  /** The tables around it. */
  readonly around: Surroundings;
  /** Comments above and beside it that speak to planwright. */
  readonly remarks?: readonly Remark[];
}

/** What a change has done before some of its statements. */
export interface DoneBefore {
  /** Names that it has made: no running release knows them. */
  readonly made: ReadonlySet<string>;
  readonly gone: GoneConstraints;
}

export const nothingDone: DoneBefore = { made: new Set(), gone: noneGone };

/** Statements with their verdicts, and what the change has done by their end. */
export interface Judgement {
  readonly statements: readonly JudgedStatement[];
  readonly done: DoneBefore;
}

/** How statements run, and after what. */
export interface Judging {
  /** What earlier migrations of the change have done; nothing if absent. */
  readonly done?: DoneBefore;
  /** Number of the first statement within the change; default 1. */
  readonly firstNumber?: number;
  /** Default: in a transaction. */
  readonly mode?: TransactionMode;
  /** Major version of the database, the newest if absent. */
  readonly version?: number | undefined;
}

/** What is needed of a statement to judge it; one that is operations alone has no text and no place. */
export type Judgeable = Pick<ReadStatement, 'operations' | 'touched' | 'neighbours' | 'restsOn'> &
  Partial<Pick<ReadStatement, 'file' | 'line' | 'column' | 'sql' | 'remarks'>>;

/** Gives the statements of a migration their ids and verdicts. */
export function judge(statements: readonly Judgeable[], { done = nothingDone, firstNumber = 1, mode = 'transactional', version }: Judging = {}): Judgement {
  let utc = false;
  const made = new MadeLog(done.made);
  const gone = new GoneLog(done.gone);
  const again = new AgainLog(statements, mode);
  const judged = statements.map((read, index): JudgedStatement => {
    const { file, line, column, sql, operations } = read;
    const { before, after } = read.touched;
    const { neighbours, restsOn } = read;
    const facts: StatementFacts = {
      operations,
      before,
      after,
      neighbours,
      restsOn,
      made: made.upTo(index),
      gone: gone.upTo(index),
      again: again.from(index),
      utc,
      version,
    };
    const around = new Surroundings(facts, sql ?? '');
    const verdicts = verdictsOf(around);
    noteMade(operations, made, index);
    noteGone(facts, gone, index, mode);
    for (const operation of operations) if (operation.type === 'setSetting') utc = isUtcAfter(operation, utc);
    const id = `s${firstNumber + index}`;
    const statement: Statement =
      file !== undefined && line !== undefined && column !== undefined && sql !== undefined
        ? { id, file, line, column, sql, operations: [...operations], verdicts }
        : {
            id,
            ...(file === undefined ? {} : { file }),
            ...(line === undefined ? {} : { line }),
            ...(column === undefined ? {} : { column }),
            ...(sql === undefined ? {} : { sql }),
            operations: [...operations],
            verdicts,
          };
    return read.remarks ? { statement, before, after, facts, around, remarks: read.remarks } : { statement, before, after, facts, around };
  });
  return new Judged(judged, made, gone);
}

/** What was done is put together where another migration of the change follows. */
class Judged implements Judgement {
  constructor(
    readonly statements: readonly JudgedStatement[],
    private readonly made: MadeLog,
    private readonly gone: GoneLog,
  ) {}

  get done(): DoneBefore {
    return { made: this.made.all(), gone: this.gone.all() };
  }
}

/** What a script knows of its time zone is what it has set itself. */
function isUtcAfter({ name, value }: Extract<Operation, { type: 'setSetting' }>, before: boolean): boolean {
  if (name.toLowerCase() === 'all') return false;
  return name.toLowerCase() === 'timezone' ? /^'?(?:utc|gmt|etc\/utc)'?$/i.test(value ?? '') : before;
}

/** Notes what operations make. What the change makes and then renames is still its own. */
function noteMade(operations: readonly Operation[], made: MadeLog, index: number): void {
  for (const name of madeBy(operations)) made.add(name, index);
  for (const operation of operations) {
    if (operation.type === 'renameTable' && made.upTo(index + 1).has(nameOf(operation.schema, operation.table)))
      made.add(nameOf(operation.schema, operation.to), index);
    if (operation.type !== 'renameColumn') continue;
    const table = nameOf(operation.schema, operation.table);
    if (made.upTo(index + 1).has(`${table}.${operation.column}`)) made.add(`${table}.${operation.to}`, index);
  }
}

/** Notes constraints that a statement drops, and where rows may be others than when they were there. */
function noteGone(facts: StatementFacts, gone: GoneLog, place: number, mode: TransactionMode): void {
  for (const operation of facts.operations) {
    if (operation.type !== 'dropConstraint' && operation.type !== 'dropIndex') continue;
    const table =
      operation.type === 'dropConstraint'
        ? tableBefore(facts, operation)
        : facts.before.tables.find(({ indexes }) => indexes?.some(({ name }) => name === operation.name));
    const constraint = constraintDropped(table, operation);
    if (table && constraint) gone.drops({ ...table, table: table.name }, constraint, place);
  }
  if (mode === 'none' || !facts.operations.every(leavesRows)) gone.rowsChange();
}

function nameOf(schema: string | undefined, name: string): string {
  return schema === undefined ? name : `${schema}.${name}`;
}
