import type { Snapshot } from '@planwright/spec';
import { writerOf } from '@planwright/sql';

const { quoteName } = writerOf('postgresql');

interface Named {
  readonly schema?: string | undefined;
  readonly name: string;
}

/** The name with its schema always, for a migration may have set another search path. */
export function qualified({ schema, name }: Named, snapshot: Snapshot): string {
  return quoteName([schema ?? snapshot.defaultSchema ?? 'public', name]);
}

/** What a query reads for the rows of a table itself: those of its partitions, but not of tables that inherit from it. */
export function ownRows(table: Named & { readonly partitionBy?: string | undefined }, snapshot: Snapshot): string {
  return `${table.partitionBy === undefined ? 'ONLY ' : ''}${qualified(table, snapshot)}`;
}
