import type { Operation, Snapshot, Statement } from '@planwright/spec';
import { Surroundings } from './lock-facts/postgresql/surroundings.js';
import { MadeLog } from './made-names.js';
import type { ReadStatement } from './read-script.js';
import type { Remark } from './remarks.js';
import { madeBy, type StatementFacts } from './verdicts/statement-facts.js';
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

/** Statements with their verdicts, and what the change has made by their end. */
export interface Judgement {
  readonly statements: readonly JudgedStatement[];
  readonly made: ReadonlySet<string>;
}

/** What is needed of a statement to judge it; one that is operations alone has no text and no place. */
export type Judgeable = Pick<ReadStatement, 'operations' | 'touched' | 'neighbours' | 'restsOn'> &
  Partial<Pick<ReadStatement, 'file' | 'line' | 'column' | 'sql' | 'remarks'>>;

/** Gives statements their ids and verdicts, for a major version of the database, the newest if absent. `madeBefore` holds what the change has made in earlier migrations: no running release knows that. */
export function judge(statements: readonly Judgeable[], madeBefore: ReadonlySet<string>, firstNumber: number, version?: number): Judgement {
  let utc = false;
  const made = new MadeLog(madeBefore);
  const judged = statements.map((read, index): JudgedStatement => {
    const { file, line, column, sql, operations } = read;
    const { before, after } = read.touched;
    const { neighbours, restsOn } = read;
    const known = made.upTo(index);
    const facts: StatementFacts =
      version === undefined
        ? { operations, before, after, neighbours, restsOn, made: known, utc }
        : { operations, before, after, neighbours, restsOn, made: known, utc, version };
    const around = new Surroundings(facts, sql ?? '');
    const verdicts = verdictsOf(around);
    noteMade(operations, made, index);
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
  return { statements: judged, made: made.all() };
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

function nameOf(schema: string | undefined, name: string): string {
  return schema === undefined ? name : `${schema}.${name}`;
}
