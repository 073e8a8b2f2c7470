import type { Context, HelperTable, Operation } from '@planwright/spec';
import { named } from './names.js';

type Units = readonly { readonly id: string; readonly statements: readonly { readonly operations: readonly Operation[] }[] }[];

/**
 * Tables that the sequence makes for itself and takes away again, in the order of their making: how far a backfill has come. The change knows nothing of them
 * and no release reads them, so nobody waits for them.
 */
export function helperTables({ change, sequence }: Pick<Context, 'change' | 'sequence'>): readonly HelperTable[] {
  const planned = sequence?.migrations ?? [];
  const asked = new Set(made(change.migrations).map(({ name }) => name));
  const dropped = new Map(
    planned.flatMap((migration) => operationsOf(migration).flatMap((one) => (one.type === 'dropTable' ? [[named(one), migration.id] as const] : []))),
  );
  const filled = new Map(
    planned.flatMap((migration) =>
      operationsOf(migration).flatMap((one) => (one.type === 'backfill' && one.progress !== undefined ? [[one.progress, named(one)] as const] : [])),
    ),
  );
  return made(planned)
    .filter(({ name }) => !asked.has(name))
    .map(({ name, migration }): HelperTable => {
      const until = dropped.get(name);
      const table = filled.get(name);
      return {
        name,
        ...(table !== undefined && { table }),
        purpose: table === undefined ? 'used by the migrations only' : `how far the backfill of ${table} has come`,
        from: migration,
        ...(until !== undefined && { until }),
      };
    });
}

function made(units: Units): readonly { readonly name: string; readonly migration: string }[] {
  return units.flatMap((unit) => operationsOf(unit).flatMap((one) => (one.type === 'createTable' ? [{ name: named(one.table), migration: unit.id }] : [])));
}

function operationsOf({ statements }: Units[number]): readonly Operation[] {
  return statements.flatMap(({ operations }) => operations);
}
