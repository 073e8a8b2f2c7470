import type { Policy, Table, Trigger } from '@planwright/spec';
import { merged } from '../merged.js';
import { type Appliers, shownName } from './applier.js';
import { tableOf, without } from './table-of.js';

type TableRuleOperation =
  | 'createTrigger'
  | 'dropTrigger'
  | 'renameTrigger'
  | 'setTriggerState'
  | 'createPolicy'
  | 'alterPolicy'
  | 'dropPolicy'
  | 'setRowSecurity';

export const triggerAppliers: Appliers<TableRuleOperation> = {
  createTrigger(draft, operation, report) {
    const { trigger, orReplace } = operation;
    // A view can have INSTEAD OF triggers, which the model does not keep.
    if (draft.views.get(draft.plainSchema(operation.schema), operation.table)) return;
    const table = tableOf(draft, operation, report);
    if (!table) return;
    if (!orReplace && table.triggers?.some(({ name }) => name === trigger.name)) {
      report('duplicate-trigger', `The table ${shownName(table.schema, table.name)} has a trigger \`${trigger.name}\` already.`);
      return;
    }
    draft.setTable(merged(table, { triggers: [...(table.triggers ?? []).filter(({ name }) => name !== trigger.name), trigger] }));
  },
  dropTrigger(draft, operation, report) {
    if (draft.views.get(draft.plainSchema(operation.schema), operation.table)) return;
    const table = operation.ifExists ? draft.table(draft.plainSchema(operation.schema), operation.table) : tableOf(draft, operation, report);
    if (!table) return;
    if (!operation.ifExists && !table.triggers?.some(({ name }) => name === operation.name)) {
      report('unknown-trigger', `The table ${shownName(table.schema, table.name)} has no trigger \`${operation.name}\` at this point.`);
      return;
    }
    draft.setTable({ ...table, triggers: (table.triggers ?? []).filter(({ name }) => name !== operation.name) });
  },
  renameTrigger(draft, operation, report) {
    const table = tableOf(draft, operation, report);
    if (table)
      draft.setTable({
        ...table,
        triggers: (table.triggers ?? []).map((trigger) => (trigger.name === operation.name ? { ...trigger, name: operation.to } : trigger)),
      });
  },
  setTriggerState(draft, operation, report) {
    const table = tableOf(draft, operation, report);
    if (!table?.triggers) return;
    const changed = (trigger: Trigger): Trigger => {
      const plain = without(trigger, 'enabled') as Trigger;
      return operation.state === 'enabled' ? plain : merged(plain, { enabled: operation.state });
    };
    draft.setTable({
      ...table,
      triggers: table.triggers.map((trigger) => (operation.name === undefined || operation.name === trigger.name ? changed(trigger) : trigger)),
    });
  },
  createPolicy(draft, operation, report) {
    const table = tableOf(draft, operation, report);
    if (table) draft.setTable(merged(table, { policies: [...(table.policies ?? []), operation.policy] }));
  },
  alterPolicy(draft, operation, report) {
    const table = tableOf(draft, operation, report);
    if (!table) return;
    if (!table.policies?.some(({ name }) => name === operation.policy.name)) {
      report('unknown-policy', `The table ${shownName(table.schema, table.name)} has no policy \`${operation.policy.name}\` at this point.`);
      return;
    }
    const changed = (policy: Policy): Policy => ({ ...policy, ...operation.policy, name: operation.to ?? policy.name });
    draft.setTable({ ...table, policies: table.policies.map((policy) => (policy.name === operation.policy.name ? changed(policy) : policy)) });
  },
  dropPolicy(draft, operation, report) {
    const table = operation.ifExists ? draft.table(draft.plainSchema(operation.schema), operation.table) : tableOf(draft, operation, report);
    if (table) draft.setTable({ ...table, policies: (table.policies ?? []).filter(({ name }) => name !== operation.name) });
  },
  setRowSecurity(draft, operation, report) {
    const table = tableOf(draft, operation, report);
    if (!table) return;
    const plain = without(table, 'rowSecurity') as Table;
    switch (operation.state) {
      case 'disabled':
        return draft.setTable(plain);
      case 'enabled':
        return draft.setTable(table.rowSecurity === 'forced' ? table : merged(table, { rowSecurity: 'enabled' as const }));
      case 'forced':
        return draft.setTable(merged(table, { rowSecurity: 'forced' as const }));
      case 'not forced':
        return draft.setTable(table.rowSecurity === 'forced' ? { ...table, rowSecurity: 'enabled' } : table);
    }
  },
};
