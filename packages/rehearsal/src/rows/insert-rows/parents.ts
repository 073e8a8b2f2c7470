import type { ForeignKey } from '@planwright/spec';
import { targetTable } from '../references.js';
import { foreignKeys, targetOf } from '../table-order.js';
import type { Wanted } from './wanted.js';

/** A foreign key whose columns are taken from a row that is there. */
export interface Parent {
  readonly key: ForeignKey;
  /** Its columns that a parent before it gives. */
  readonly shared: readonly string[];
  /** Name of that row in the statement. */
  readonly alias: string;
}

/** What the foreign keys of a table give its rows. */
export interface Parents {
  /** The keys that count, those of the most columns first. */
  readonly keys: readonly ForeignKey[];
  readonly given: readonly Parent[];
  /** Columns that a parent gives. */
  readonly columns: ReadonlySet<string>;
  /** Columns of keys that stay empty for now. */
  readonly waiting: ReadonlySet<string>;
}

/** Shares the columns of foreign keys out among them: one that two keys hold comes from the first. */
export function parentsOf(wanted: Wanted): Parents {
  const keys = keysOf(wanted);
  const given: Parent[] = [];
  const columns = new Set<string>();
  for (const key of keys) {
    if (key.columns.every((column) => columns.has(column)) || isEmpty(wanted, key)) continue;
    given.push({ key, shared: key.columns.filter((column) => columns.has(column)), alias: `p${given.length + 1}` });
    for (const column of key.columns) columns.add(column);
  }
  const empty = keys.filter((key) => !given.some((parent) => parent.key === key));
  const waiting = new Set(empty.flatMap((key) => key.columns.filter((column) => !columns.has(column))));
  return { keys, given, columns, waiting };
}

/** The keys of the table, and those that it gets, where its columns and the other table are there. */
function keysOf(wanted: Wanted): readonly ForeignKey[] {
  const { table, after, snapshot } = wanted;
  const own = foreignKeys(table);
  const more = (after ? foreignKeys(after) : []).filter(
    (key) => key.columns.every((name) => wanted.column(name)) && targetTable(key, snapshot) && !own.some((same) => same.columns.join() === key.columns.join()),
  );
  return [...own, ...more]
    .filter(({ columns }) => !columns.some((name) => wanted.column(name)?.generated))
    .sort((one, other) => other.columns.length - one.columns.length);
}

/** Whether a key gets no parent: it may be without one and something is in the way, or it refers to rows that are made beside it. */
function isEmpty({ own, table, later, way, attempt }: Wanted, key: ForeignKey): boolean {
  const asked = (name: string) => way.wishes.get(name);
  const must = key.columns.every((name) => table.columns.find((column) => column.name === name)?.notNull || asked(name)?.presence === 'not null');
  return (
    targetOf(key) === own ||
    later.has(key) ||
    key.columns.some((name) => asked(name)?.presence === 'null' || attempt.nulls?.has(name)) ||
    (!must && (attempt.bare === true || key.columns.some((name) => asked(name)?.oneOf !== undefined)))
  );
}
