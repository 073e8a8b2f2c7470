import type { Operation, Snapshot, TransactionMode } from '@planwright/spec';
import { escaped } from '../escaped.js';
import type { PlacedStatement } from './placed-statement.js';

/** The statements that set the search path of a change, by the place of their migration. */
export type SearchPaths = ReadonlyMap<number, PlacedStatement>;

/**
 * What sets the search path of each migration before all else, so that it can be said again of what stays as written; steps name each object with its schema. Nothing where one is set in the
 * midst, or where an expression names by its bare name what only that path finds: in another file it would not be there.
 */
export function searchPathsOf(statements: readonly PlacedStatement[], before: Snapshot): SearchPaths | undefined {
  const paths = new Map<number, PlacedStatement>();
  const begun = new Set<number>();
  for (const statement of statements) {
    const { operations, migration, text } = statement;
    const sets = operations.some(setsSearchPath);
    if (sets && (begun.has(migration) || paths.has(migration) || operations.length > 1 || !/^SET\s/i.test(text))) return undefined;
    if (sets) paths.set(migration, statement);
    else if (!operations.every(({ type }) => type === 'controlTransaction' || type === 'setSetting')) begun.add(migration);
  }
  if (paths.size === 0) return paths;
  const bare = new RegExp(`(?<![\\w.])"?(?:${namesElsewhere(before).map(escaped).join('|')})"?(?!\\w)`);
  const found = statements.some(({ operations }) => operations.flatMap(expressionsIn).some((expression) => bare.test(expression)));
  return found ? undefined : paths;
}

/** SET search_path of a planned migration, with what it does: for its transaction, or for its session where it has none. */
export function searchPathAgain(
  { id, text, operations }: PlacedStatement,
  mode: TransactionMode,
): { readonly sql: string; readonly from: readonly string[]; readonly operations: readonly Operation[]; readonly down: '' } {
  const local = mode !== 'none';
  return {
    sql: text.replace(/^SET\s+(?:SESSION\s+|LOCAL\s+)?/i, local ? 'SET LOCAL ' : 'SET '),
    from: [id],
    operations: operations.flatMap((one) =>
      one.type === 'setSetting' ? [{ type: one.type, name: one.name, ...(one.value !== undefined && { value: one.value }), ...(local && { local }) }] : [],
    ),
    down: '',
  };
}

export function setsSearchPath(operation: Operation): boolean {
  return operation.type === 'setSetting' && operation.name === 'search_path';
}

/** Objects of other schemas than the default one. */
function namesElsewhere(snapshot: Snapshot): readonly string[] {
  const { tables, views = [], enums = [], domains = [], compositeTypes = [], routines = [], sequences = [], objects = [] } = snapshot;
  const all = [tables, views, enums, domains, compositeTypes, routines, sequences, objects].flat();
  const names = all.flatMap(({ schema, name }) => (schema === undefined ? [] : [name]));
  // An empty list of names would be found everywhere.
  return names.length > 0 ? names : ['\0'];
}

/** What an operation says in SQL that steps say again. */
function expressionsIn(operation: Operation): readonly string[] {
  switch (operation.type) {
    case 'alterColumnType':
      return operation.using === undefined ? [] : [operation.using];
    case 'addColumn':
      return [operation.column.default ?? '', operation.column.generated?.expression ?? ''];
    case 'setDefault':
      return [operation.default];
    case 'addConstraint':
      return operation.constraint.type === 'check'
        ? [operation.constraint.expression]
        : operation.constraint.type === 'exclusion'
          ? [operation.constraint.definition]
          : [];
    case 'createIndex':
      return [operation.index.where ?? '', ...operation.index.keys.map(({ expression }) => expression ?? '')];
    case 'updateRows':
      return [...Object.values(operation.set ?? {}), operation.where ?? '', operation.fromClause ?? ''];
    default:
      return [];
  }
}
