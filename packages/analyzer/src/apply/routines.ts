import { type Appliers, shownName } from './applier.js';

export const routineAppliers: Appliers<'createRoutine' | 'dropRoutine'> = {
  createRoutine(draft, { routine, orReplace }, report) {
    const known = draft.routines.get(routine.schema, routine.name);
    const same = known?.overloads.some((overload) => overload.arguments === routine.arguments);
    if (same && !orReplace) {
      report('duplicate-routine', `The ${routine.kind} ${shownName(routine.schema, routine.name)} with these arguments exists already.`);
      return;
    }
    const others = (known?.overloads ?? []).filter((overload) => overload.arguments !== routine.arguments);
    const { schema, name } = routine;
    const overloads = [...others, routine];
    draft.routines.set(schema === undefined ? { name, overloads } : { schema, name, overloads });
  },
  dropRoutine(draft, operation, report) {
    const schema = draft.plainSchema(operation.schema);
    const known = draft.routines.get(schema, operation.name);
    const kept = known?.overloads.filter((overload) => operation.arguments !== undefined && overload.arguments !== operation.arguments) ?? [];
    if (!known || kept.length === known.overloads.length) {
      if (!operation.ifExists) report('unknown-routine', `The routine ${shownName(schema, operation.name)} does not exist at this point.`);
      return;
    }
    if (kept.length === 0) draft.routines.delete(schema, operation.name);
    else draft.routines.set({ ...known, overloads: kept });
    if (!operation.cascade) return;
    // Triggers that call it go with it.
    const called = schema === undefined ? operation.name : `${schema}.${operation.name}`;
    for (const table of draft.tables) {
      if (table.triggers?.some((trigger) => trigger.function === called))
        draft.setTable({ ...table, triggers: table.triggers.filter((trigger) => trigger.function !== called) });
    }
  },
};
