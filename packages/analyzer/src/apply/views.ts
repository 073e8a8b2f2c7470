import type { Draft } from '../draft/draft.js';
import { merged } from '../merged.js';
import { type Appliers, type Report, shownName } from './applier.js';

/** Drops views that read something that goes, and views on those; without CASCADE, PostgreSQL refuses the drop. */
export function dropDependentViews(draft: Draft, read: string, cascade: boolean, report: Report): void {
  for (const view of draft.views.list()) {
    if (!view.dependsOn?.includes(read)) continue;
    const name = view.schema === undefined ? view.name : `${view.schema}.${view.name}`;
    if (!cascade) {
      report('view-depends', `The view \`${name}\` reads \`${read}\`: PostgreSQL refuses to drop it without CASCADE.`, 'Drop or change the view first.');
      continue;
    }
    draft.removeView(view);
    dropDependentViews(draft, name, true, report);
  }
}

export const viewAppliers: Appliers<'createView' | 'dropView' | 'renameView' | 'refreshView'> = {
  createView(draft, { view, orReplace, ifNotExists }, report) {
    const known = draft.relation(view.schema, view.name);
    if (known && !(orReplace && known.kind === 'view')) {
      if (!ifNotExists) report('duplicate-relation', `The name ${shownName(view.schema, view.name)} is taken already.`);
      return;
    }
    // OR REPLACE takes another query and other options; a comment stays.
    const comment = known ? draft.views.get(view.schema, view.name)?.comment : undefined;
    draft.setView(comment === undefined ? view : merged(view, { comment }));
  },
  dropView(draft, operation, report) {
    const view = draft.views.get(draft.plainSchema(operation.schema), operation.name);
    if (!view) {
      if (!operation.ifExists) report('unknown-view', `The view ${shownName(operation.schema, operation.name)} does not exist at this point.`);
      return;
    }
    draft.removeView(view);
    dropDependentViews(draft, view.schema === undefined ? view.name : `${view.schema}.${view.name}`, operation.cascade === true, report);
  },
  renameView(draft, operation, report) {
    const view = draft.views.get(draft.plainSchema(operation.schema), operation.name);
    if (!view) {
      report('unknown-view', `The view ${shownName(operation.schema, operation.name)} does not exist at this point.`);
      return;
    }
    draft.removeView(view);
    draft.setView({ ...view, name: operation.to });
  },
  refreshView() {},
};
