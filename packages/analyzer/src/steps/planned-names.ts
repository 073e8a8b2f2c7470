import type { Operation } from '@planwright/spec';
import { onTableText } from '../verdicts/statement-facts.js';
import type { CombinedMigration } from './combine-steps.js';
import { isNoted } from './noted-last.js';
import { setsSearchPath } from './search-path.js';

/** What a migration is called in its file, and what it is for. */
export function nameAndPurpose(
  { group, table, stages, statements: all, alone, written }: CombinedMigration,
  fallback: string,
): { readonly name: string; readonly purpose?: string } {
  const statements = all.filter(({ operations }) => !operations?.some(setsSearchPath));
  const on = table ? onTableText(table) : '';
  const short = on.replace(/[^A-Za-z0-9]+/g, '_').toLowerCase();
  const shown = `\`${on}\``;
  const [, dropped] = written === undefined ? (/^DROP INDEX CONCURRENTLY (?:IF EXISTS )?(?:[\w$"]+\.)?"?([\w$]+)/.exec(statements[0]?.sql ?? '') ?? []) : [];
  const isOurs = written === undefined && table !== undefined;
  if (
    isOurs &&
    statements.length > 1 &&
    statements.every(({ sql }) => / (?:DROP|RENAME) CONSTRAINT /.test(sql)) &&
    statements.some(({ sql }) => / RENAME /.test(sql))
  )
    return { name: `replace_${short}_constraints`, purpose: `What has been validated beside the old constraints of ${shown} takes their place.` };
  if ([...stages].every((stage) => stage === 'drop helpers' || stage === 'drop helpers for release'))
    return statements.every(({ sql }) => / DROP CONSTRAINT /.test(sql))
      ? { name: `drop_${short}_proof`, purpose: `What has proved the rows of ${shown} goes: nothing rests on it any more.` }
      : { name: `drop_${short}_helpers`, purpose: `The procedure and the table of the backfill of ${shown} go.` };
  if (written !== undefined && group !== 'as written' && statements.every(({ operations }) => operations?.every(isNoted)))
    return { name: 'note_the_change', purpose: 'As its author wrote it, at the end: it notes that all before it has run.' };
  if (isOurs && statements.every(({ sql }) => / RENAME CONSTRAINT /.test(sql)))
    return { name: `rename_${short}_constraints`, purpose: `Constraints of ${shown} get the names that the change gives them.` };
  if ([...stages].every((stage) => stage === 'take over' || stage === 'take over for release'))
    return statements.every(({ sql }) => sql.startsWith('ALTER INDEX '))
      ? { name: `rename_${short}_indexes`, purpose: `What has been built beside old indexes of ${shown} takes their names.` }
      : { name: `replace_${short}_constraints`, purpose: `What has been validated beside the old constraints of ${shown} takes their place.` };
  const labels = statements.flatMap(({ sql }) => /^ALTER TYPE (?:[\w$"]+\.)?"?([\w$]+)"? RENAME VALUE /.exec(sql)?.[1] ?? []);
  if (!table && labels.length > 0 && labels.length === statements.length)
    return {
      name: `rename_labels_of_${[...new Set(labels)].join('_').toLowerCase()}`,
      purpose: 'A label gets its new name: no row is read or written, and each shows it from the commit on.',
    };
  switch (group) {
    case 'prepare':
      if (statements.every(({ sql }) => /^ALTER TABLE \S+ (?:RENAME TO|SET SCHEMA) |^CREATE VIEW /.test(sql))) {
        const moves = statements.some(({ sql }) => / SET SCHEMA /.test(sql));
        if (moves) return { name: `move_${short}`, purpose: `${shown} moves, and a view stands in its place for the release that knows no other.` };
        return { name: `rename_${short}`, purpose: `${shown} gets its new name, and a view keeps the old one for the release that knows no other.` };
      }
      if (stages.has('sync'))
        return {
          name: `prepare_${short}`,
          purpose: stages.has('add columns')
            ? `New columns of ${shown} beside the old ones, and the trigger that keeps them equal.`
            : `The trigger by which columns of ${shown} follow old ones until these go, and what the batches need.`,
        };
      if (stages.size === 1 && stages.has('prepare backfill'))
        return {
          name: `prepare_${short}_backfill`,
          purpose: `The procedure that changes the rows of ${shown} in batches, and the table that notes how far it has come.`,
        };
      return stages.has('add columns')
        ? { name: `add_${short}_columns`, purpose: `What can be added to ${shown} at once, without reading its rows.` }
        : { name: `prepare_${short}`, purpose: `What holds for new rows of ${shown}; those that exist follow.` };
    case 'sync':
      return {
        name: `sync_${short}`,
        purpose: `The trigger that keeps the old and the new columns of ${shown} equal; it refuses what the new ones cannot hold.`,
      };
    case 'backfill':
    case 'backfill for release':
      return { name: `backfill_${short}`, purpose: `Existing rows of ${shown} get their values, batch by batch.` };
    case 'build index':
    case 'build index for release': {
      const index = /INDEX CONCURRENTLY "?([\w$]+)/.exec(statements[0]?.sql ?? '')?.[1] ?? short;
      return { name: `build_${index.toLowerCase()}`, purpose: `The index \`${index}\`, built beside running code.` };
    }
    case 'constraints':
    case 'constraints for release':
      return { name: `constrain_${short}`, purpose: `Constraints of ${shown} that hold for new rows from here on.` };
    case 'validate':
    case 'validate for release':
      return { name: `validate_${short}`, purpose: `Existing rows of ${shown} are checked while reads and writes go on.` };
    case 'prove':
      if (statements.some(({ sql }) => sql.includes(' ATTACH PARTITION ')))
        return { name: `attach_to_${short}`, purpose: `What has been built and checked beside ${shown} becomes part of it.` };
      return { name: `require_${short}`, purpose: `What the rows of ${shown} have been shown to keep becomes part of the table.` };
    case 'require':
      if (statements.every(({ sql }) => / ALTER COLUMN \S+ DROP (?:DEFAULT|IDENTITY)$/.test(sql)))
        return { name: `drop_defaults_of_${short}`, purpose: `From here on every writer of ${shown} gives the values itself.` };
      return stages.has('swap')
        ? { name: `switch_${short}`, purpose: `The new columns of ${shown} take the old ones' names.` }
        : { name: `require_${short}`, purpose: `What the rows of ${shown} have been shown to keep becomes part of the table.` };
    case 'drop replaced':
      if (statements.every(({ sql }) => sql.startsWith('DROP VIEW ')))
        return { name: `drop_replaced_${short}`, purpose: `The view that has kept the name ${shown} goes.` };
      return {
        name: `drop_replaced_${short}`,
        purpose: `The trigger${statements.some(({ sql }) => / DROP COLUMN /.test(sql)) ? ', the copies' : ''} and the helpers of ${shown} go.`,
      };
    case 'drop old': {
      const deletes = nameOfRowWork(statements[0]?.operations?.find(({ type }) => type === 'deleteRows'));
      if (deletes !== undefined) return { name: deletes, purpose: 'As its author wrote it, once all else is done: what it deletes does not come back.' };
      const [, name] = table ? [] : (/^DROP \w+ (?:IF EXISTS )?(?:[\w$"]+\.)?"?([\w$]+)/i.exec(statements[0]?.sql ?? '') ?? []);
      if (name !== undefined) return { name: `drop_${name.toLowerCase()}`, purpose: 'What nobody uses any more goes, and with it the way back.' };
      return { name: `drop_old_${short}`, purpose: `What nobody uses any more goes from ${shown}, and with it the way back.` };
    }
    case 'create':
      return { name: 'add_labels', purpose: 'Labels that later migrations use: each must be committed before.' };
    case 'rows after backfill':
    case 'rows after cleanup': {
      const name = statements.length === 1 ? nameOfRowWork(statements[0]?.operations?.[0]) : undefined;
      const purpose =
        group === 'rows after backfill'
          ? 'As its author wrote it, behind the batches: in the change it comes after them, and it meets the same rows.'
          : 'As its author wrote it, once the old column is gone: it writes values that only the new type has.';
      return { name: name ?? fallback, purpose };
    }
    case 'follow':
    case 'follow for release':
      if (written === undefined && statements.some(({ sql }) => sql.startsWith('DROP VIEW ')))
        return { name: 'remake_views', purpose: 'Views come anew before the column goes that they read: it takes none of them with it.' };
      if (dropped !== undefined) return { name: `drop_${dropped.toLowerCase()}`, purpose: `The index \`${dropped}\` goes beside running code.` };
      return asWritten(statements, alone, fallback);
    case 'as written':
    case 'as written for release':
      return asWritten(statements, alone, fallback);
  }
}

function asWritten(
  statements: CombinedMigration['statements'],
  alone: boolean | undefined,
  fallback: string,
): { readonly name: string; readonly purpose?: string } {
  const name = alone ? nameOfRowWork(statements[0]?.operations?.[0]) : undefined;
  return name === undefined
    ? { name: fallback }
    : { name, purpose: 'As its author wrote it, in a transaction of its own: no lock of another statement is held while it works on rows.' };
}

/** `update_orders`, for one statement on the rows of one table. */
function nameOfRowWork(operation: Operation | undefined): string | undefined {
  if (!operation || !('table' in operation) || typeof operation.table !== 'string') return undefined;
  const verb = operation.type === 'insertRows' ? 'fill' : operation.type === 'deleteRows' ? 'delete_rows_of' : 'update';
  return `${verb}_${operation.table.replace(/[^A-Za-z0-9]+/g, '_').toLowerCase()}`;
}
