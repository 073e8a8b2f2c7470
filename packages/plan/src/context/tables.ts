import type { Context, DroppedTable, Tables } from '@planwright/spec';
import { helperTables } from '../helper-tables.js';
import { named } from '../names.js';
import type { Survey } from '../survey.js';
import { createdTables } from './created-tables.js';
import { modifiedTables } from './modified-tables.js';

/** Tables that the change makes, alters or drops. Lists are there, be they empty: none is an answer. */
export function tables(survey: Survey, { project, change, sequence }: Pick<Context, 'project' | 'change' | 'sequence'>): Tables {
  const helpers = helperTables({ change, ...(sequence && { sequence }) });
  return {
    created: createdTables(survey, project),
    modified: modifiedTables(survey),
    dropped: droppedTables(survey),
    ...(helpers.length > 0 && { helpers: [...helpers] }),
  };
}

function droppedTables({ asked, schema }: Survey): DroppedTable[] {
  return asked.flatMap(({ operation, effect }) => {
    if (operation.type !== 'dropTable' || schema.isNewTable(operation)) return [];
    const table = schema.tableBefore(operation) ?? { ...(operation.schema && { schema: operation.schema }), name: operation.table, columns: [] };
    // IF EXISTS on a table that no earlier migration made changes nothing where it is not there.
    const unsure = operation.ifExists && schema.before !== undefined && schema.tableBefore(operation) === undefined;
    const reason = unsure
      ? `No earlier migration makes ${named(operation)}; where it exists, all of its rows are lost.`
      : [effect.code, effect.dataReason].filter(Boolean).join(' ');
    return [{ table, reason }];
  });
}
