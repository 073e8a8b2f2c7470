import type { Operation, Snapshot, Statement } from '@planwright/spec';
import type { ReadStatement } from './read-script.js';
import { madeBy } from './verdicts/statement-facts.js';
import { verdictsOf } from './verdicts/verdicts.js';

/** A statement of the change with the schema around it. */
export interface JudgedStatement {
  readonly statement: Statement;
  readonly before: Snapshot;
  readonly after: Snapshot;
}

/** What is needed of a statement to judge it; one that is operations alone has no text and no place. */
export type Judgeable = Pick<ReadStatement, 'operations' | 'touched' | 'neighbours'> & Partial<Pick<ReadStatement, 'file' | 'line' | 'column' | 'sql'>>;

/** Gives statements their ids and verdicts. `made` gathers what the change makes as it goes: no running release knows that. */
export function judge(statements: readonly Judgeable[], made: Set<string>, firstNumber: number): readonly JudgedStatement[] {
  let utc = false;
  return statements.map((read, index) => {
    const { file, line, column, sql, operations } = read;
    const { before, after } = read.touched;
    const verdicts = verdictsOf({ operations, before, after, neighbours: read.neighbours, made, utc }, sql ?? '');
    for (const name of madeBy(operations)) made.add(name);
    followRenames(operations, made);
    for (const operation of operations) if (operation.type === 'setSetting') utc = isUtcAfter(operation, utc);
    const statement: Statement = {
      id: `s${firstNumber + index}`,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
      ...(sql === undefined ? {} : { sql }),
      operations: [...operations],
      verdicts,
    };
    return { statement, before, after };
  });
}

/** What a script knows of its time zone is what it has set itself. */
function isUtcAfter({ name, value }: Extract<Operation, { type: 'setSetting' }>, before: boolean): boolean {
  if (name.toLowerCase() === 'all') return false;
  return name.toLowerCase() === 'timezone' ? /^'?(?:utc|gmt|etc\/utc)'?$/i.test(value ?? '') : before;
}

/** What the change makes and then renames is still its own. */
function followRenames(operations: readonly Operation[], made: Set<string>): void {
  for (const operation of operations) {
    if (operation.type === 'renameTable' && made.has(nameOf(operation.schema, operation.table))) made.add(nameOf(operation.schema, operation.to));
    const table = operation.type === 'renameColumn' ? nameOf(operation.schema, operation.table) : '';
    if (operation.type === 'renameColumn' && made.has(`${table}.${operation.column}`)) made.add(`${table}.${operation.to}`);
  }
}

function nameOf(schema: string | undefined, name: string): string {
  return schema === undefined ? name : `${schema}.${name}`;
}
