import type { Draft } from '../draft/draft.js';

/** Gives a schema another name; its tables, views, sequences, types and routines move with it. */
export function renameSchema(draft: Draft, from: string, to: string): void {
  draft.schemas.delete(from);
  draft.schemas.add(to);
  for (const table of draft.tables.filter(({ schema }) => schema === from)) {
    draft.removeTable(table);
    draft.setTable({ ...table, schema: to });
  }
  for (const table of draft.tables) {
    if (!table.constraints?.some((constraint) => constraint.type === 'foreignKey' && constraint.references.schema === from)) continue;
    const moved = table.constraints.map((constraint) =>
      constraint.type === 'foreignKey' && constraint.references.schema === from
        ? { ...constraint, references: { ...constraint.references, schema: to } }
        : constraint,
    );
    draft.setTable({ ...table, constraints: moved });
  }
  for (const view of draft.views.list().filter(({ schema }) => schema === from)) {
    draft.removeView(view);
    draft.setView({ ...view, schema: to });
  }
  for (const sequence of draft.sequences.filter(({ schema }) => schema === from)) {
    draft.removeSequence(from, sequence.name);
    draft.setSequence({ ...sequence, schema: to });
  }
  for (const type of draft.enums.list().filter(({ schema }) => schema === from)) {
    draft.enums.delete(from, type.name);
    draft.enums.set({ ...type, schema: to });
  }
  for (const type of draft.domains.list().filter(({ schema }) => schema === from)) {
    draft.domains.delete(from, type.name);
    draft.domains.set({ ...type, schema: to });
  }
  for (const routine of draft.routines.list().filter(({ schema }) => schema === from)) {
    draft.routines.delete(from, routine.name);
    draft.routines.set({ ...routine, schema: to, overloads: routine.overloads.map((overload) => ({ ...overload, schema: to })) });
  }
}
