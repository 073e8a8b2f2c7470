import type { Operation } from '@planwright/spec';
import { columnText, onTableText } from '../verdicts/statement-facts.js';
import { movedViews } from './moved-views.js';
import type { PlacedStatement } from './placed-statement.js';
import { noEnums, type ReplacedEnums, replacedEnums } from './replaced-enums.js';
import type { Again, Staying } from './staying.js';
import type { PlacedStep } from './step.js';
import type { WholeChange } from './whole-change.js';
import type { Wishes } from './wishes.js';

/** Columns that another one replaces under their own name, and the statements that go with them: about their defaults, the views on them and their enum types. */
export interface RetypedColumns {
  /** `orders.total_cents` */
  readonly columns: ReadonlySet<string>;
  /** What stands for a statement that goes with them, an empty list where nothing has to; nothing for any other. */
  readonly standsFor: (statement: PlacedStatement) => readonly PlacedStep[] | undefined;
  /** Why statements about views are not moved, by their ids: the table under the view stays as written. */
  readonly apart: ReadonlyMap<string, string>;
  /** Statements about an enum type that stays as written, by their ids: they wait for the release. */
  readonly waiting: ReadonlySet<string>;
  /** A type change as it is carried out where its enum type is built anew. */
  readonly retyping: ReplacedEnums['retyping'];
}

/** Finds them; or tables that have to stay as written, since what hangs on their columns cannot go with them. */
export function retypedColumns(change: WholeChange, { zeroDowntime }: Wishes, staying: Staying): RetypedColumns | Again {
  const { migrations, before } = change;
  const asWritten = zeroDowntime === false || change.session;
  const meant = asWritten ? [] : [...change.retyped].filter(([column]) => !staying.columns.has(column));
  const goesOn = (table: string): boolean => !staying.tables.has(table);
  const columns = new Set(meant.flatMap(([column, table]) => (goesOn(table) ? [column] : [])));
  const views = movedViews(migrations, new Set(meant.map(([column]) => column)));
  if ([...views.stuck.keys()].some(goesOn)) return { again: { tables: views.stuck } };
  const enums = asWritten ? noEnums : replacedEnums(migrations, before, columns, new Set(views.steps.keys()));
  if ([...enums.stuck.keys()].some(goesOn)) return { again: { tables: enums.stuck } };

  const steps = new Map(enums.steps);
  const apart = new Map<string, string>();
  for (const [id, step] of views.steps) {
    const kept = step.table && staying.tables.get(onTableText(step.table));
    if (kept === undefined) steps.set(id, [{ ...step, from: [id] }]);
    else apart.set(id, kept);
  }
  return {
    columns,
    standsFor: ({ id, operations }) => steps.get(id) ?? (zeroDowntime !== false && operations.every((one) => comesWithColumn(one, columns)) ? [] : undefined),
    apart,
    waiting: enums.waiting,
    retyping: enums.retyping,
  };
}

/** The column that takes over gets the default of the end. */
export function comesWithColumn(operation: Operation, columns: ReadonlySet<string>): boolean {
  return (operation.type === 'setDefault' || operation.type === 'dropDefault') && columns.has(columnText(operation));
}
