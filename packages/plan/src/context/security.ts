import type { Context, Security } from '@planwright/spec';
import { named } from '../names.js';
import type { Survey } from '../survey.js';
import { distinct } from '../words.js';

/** Policies that the change makes, and columns that somebody marked as personal data. Roles are the project's to tell. */
export function security(survey: Survey, context: Context): Security | undefined {
  const policies = survey.planned.flatMap(({ operation, migration }) =>
    operation.type === 'createPolicy'
      ? [{ table: named(operation), policy: operation.policy, migration: migration.id, ...(migration.policyFile && { file: migration.policyFile }) }]
      : [],
  );
  const added = survey.asked.flatMap(({ operation }) =>
    operation.type === 'addColumn' && operation.column.personalData ? [`${named(operation)}.${operation.column.name}`] : [],
  );
  const created = (context.tables?.created ?? []).flatMap(({ table }) =>
    table.columns.filter((column) => column.personalData).map((column) => `${named(table)}.${column.name}`),
  );
  const personalData = distinct([...added, ...created]);
  if (policies.length === 0 && personalData.length === 0) return undefined;
  return { ...(policies.length > 0 && { policies }), ...(personalData.length > 0 && { personalData }) };
}
