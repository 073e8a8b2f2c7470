import type { DatabaseSequence } from '@planwright/spec';
import { type Appliers, type Report, shownName } from './applier.js';
import { renameSequenceInDefaults } from './columns.js';
import { without } from './table-of.js';

function unknownSequence(report: Report, schema: string | undefined, name: string): void {
  report('unknown-sequence', `The sequence ${shownName(schema, name)} does not exist at this point.`, 'Check the name and the order of the migrations.');
}

export const sequenceAppliers: Appliers<'createSequence' | 'alterSequence' | 'dropSequence' | 'renameSequence'> = {
  createSequence(draft, { sequence, ifNotExists }, report) {
    if (draft.relation(sequence.schema, sequence.name)) {
      if (!ifNotExists) report('duplicate-relation', `The name ${shownName(sequence.schema, sequence.name)} is taken already.`);
      return;
    }
    draft.setSequence(sequence.type === 'bigint' ? (without(sequence, 'type') as DatabaseSequence) : sequence);
  },
  alterSequence(draft, operation, report) {
    const schema = draft.plainSchema(operation.schema);
    const sequence = draft.sequence(schema, operation.name);
    if (!sequence) {
      // The sequence of an identity column is there, but no snapshot shows it.
      if (draft.relation(schema, operation.name)?.kind !== 'identitySequence') unknownSequence(report, schema, operation.name);
      return;
    }
    let changed: DatabaseSequence = sequence;
    if (operation.ownedBy === 'none') changed = without(changed, 'ownedBy') as DatabaseSequence;
    else if (operation.ownedBy !== undefined) changed = { ...changed, ownedBy: operation.ownedBy };
    if (operation.integerType === 'bigint') changed = without(changed, 'type') as DatabaseSequence;
    else if (operation.integerType !== undefined) changed = { ...changed, type: operation.integerType };
    draft.setSequence(changed);
  },
  dropSequence(draft, operation, report) {
    const schema = draft.plainSchema(operation.schema);
    if (!draft.sequence(schema, operation.name)) {
      if (!operation.ifExists) unknownSequence(report, schema, operation.name);
      return;
    }
    draft.removeSequence(schema, operation.name);
    if (!operation.cascade) return;
    // Defaults that take values from it go with it.
    for (const table of draft.tables) {
      if (!table.columns.some((column) => column.default?.includes(`${operation.name}`) && /nextval/i.test(column.default))) continue;
      draft.setTable({
        ...table,
        columns: table.columns.map((column) =>
          column.default?.includes(operation.name) && /nextval/i.test(column.default) ? (without(column, 'default') as typeof column) : column,
        ),
      });
    }
  },
  renameSequence(draft, operation, report) {
    const schema = draft.plainSchema(operation.schema);
    const sequence = draft.sequence(schema, operation.name);
    if (!sequence) {
      if (draft.relation(schema, operation.name)?.kind !== 'identitySequence') unknownSequence(report, schema, operation.name);
      return;
    }
    draft.removeSequence(schema, operation.name);
    const renamed = { ...sequence, name: operation.to };
    draft.setSequence(renamed);
    renameSequenceInDefaults(draft, sequence, renamed);
  },
};
